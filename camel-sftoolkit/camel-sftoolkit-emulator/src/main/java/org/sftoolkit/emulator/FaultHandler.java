package org.sftoolkit.emulator;

import io.vertx.core.Vertx;
import java.util.function.Consumer;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiErrors;
import org.sftoolkit.emulator.api.Sessions;
import org.sftoolkit.emulator.fault.Fault;
import org.sftoolkit.emulator.fault.FaultyAnswer;

/** Lets a fault strike one request. */
final class FaultHandler {

    private final Vertx vertx;
    private final Exchange exchange;
    private final Sessions sessions;

    FaultHandler(Vertx vertx, Exchange exchange, Sessions sessions) {
        this.vertx = vertx;
        this.exchange = exchange;
        this.sessions = sessions;
    }

    /**
     * @param work goes on with the request, whose answer may be cut
     * @param answer sends this answer instead
     */
    void handle(Fault fault, Consumer<Cut> work, Consumer<Answer> answer) {
        if (fault instanceof Fault.Delay delay) {
            vertx.setTimer(Math.max(1, delay.time().toMillis()), timer -> work.accept(Cut.NONE));
        } else if (fault instanceof Fault.Status status) {
            answer.accept(answer(status));
        } else if (fault instanceof Fault.DropConnection drop) {
            drop(drop.moment(), work);
        } else if (fault instanceof Fault.ExpireSession) {
            sessions.expireAll();
            work.accept(Cut.NONE);
        } else if (fault instanceof Fault.LimitReached reached) {
            answer.accept(ApiErrors.of(403, "REQUEST_LIMIT_EXCEEDED", FaultyAnswer.message(reached.limit()), null));
        } else if (fault instanceof Fault.TruncateBody) {
            work.accept(Cut.BODY);
        } else if (fault instanceof Fault.HtmlBody html) {
            answer.accept(Answer.text(html.status(), "text/html;charset=UTF-8", FaultyAnswer.html(html.status())));
        }
    }

    private void drop(Fault.Moment moment, Consumer<Cut> work) {
        switch (moment) {
            case BEFORE_PROCESSING -> exchange.drop();
            case BEFORE_ANSWER -> work.accept(Cut.CONNECTION_BEFORE);
            case IN_ANSWER -> work.accept(Cut.CONNECTION_WITHIN);
        }
    }

    private static Answer answer(Fault.Status status) {
        Answer answer = status.body() == null
                ? ApiErrors.of(
                        status.status(),
                        FaultyAnswer.errorCode(status.status()),
                        FaultyAnswer.message(status.status()),
                        null)
                : Answer.text(status.status(), status.contentType(), status.body());
        for (var header : status.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }
}
