package org.sftoolkit.emulator;

import io.vertx.core.Vertx;
import java.util.function.Consumer;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
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
     * @param work goes on with the request, whose answer is sent in this manner
     * @param answer sends this answer instead
     */
    void handle(Fault fault, ApiCall call, Consumer<Manner> work, Consumer<Answer> answer) {
        if (fault instanceof Fault.Delay delay) {
            vertx.setTimer(Math.max(1, delay.time().toMillis()), timer -> work.accept(Manner.PLAIN));
        } else if (fault instanceof Fault.Status status) {
            answer.accept(answer(status));
        } else if (fault instanceof Fault.Early early) {
            answer.accept(answer(early.answer()));
        } else if (fault instanceof Fault.DropConnection drop) {
            drop(drop.moment(), work);
        } else if (fault instanceof Fault.ExpireSession) {
            sessions.expireAll();
            work.accept(Manner.PLAIN);
        } else if (fault instanceof Fault.LimitReached reached) {
            answer.accept(ApiErrors.of(403, "REQUEST_LIMIT_EXCEEDED", FaultyAnswer.message(reached.limit()), null));
        } else if (fault instanceof Fault.TruncateBody) {
            work.accept(Manner.cut(Cut.BODY));
        } else if (fault instanceof Fault.HtmlBody html) {
            answer.accept(Answer.text(html.status(), "text/html;charset=UTF-8", FaultyAnswer.html(html.status())));
        } else if (fault instanceof Fault.QuoteRequest quote) {
            String request = exchange.quoted(call.body().bytes());
            answer.accept(Answer.text(
                    quote.status(), quote.contentType(), FaultyAnswer.quoting(quote.contentType(), request)));
        } else if (fault instanceof Fault.HugeBody huge) {
            exchange.sendHuge(huge.bytes(), huge.gzip());
        } else if (fault instanceof Fault.Stall || fault instanceof Fault.SlowBody) {
            work.accept(Manner.paced(fault));
        } else {
            work.accept(AlteredAnswer.manner(fault, call, exchange.uri(), exchange.now()));
        }
    }

    private void drop(Fault.Moment moment, Consumer<Manner> work) {
        switch (moment) {
            case BEFORE_PROCESSING -> exchange.drop();
            case BEFORE_ANSWER -> work.accept(Manner.cut(Cut.CONNECTION_BEFORE));
            case IN_ANSWER -> work.accept(Manner.cut(Cut.CONNECTION_WITHIN));
        }
    }

    private static Answer answer(Fault.Status status) {
        Answer answer;
        if (status.body() == null) {
            answer = ApiErrors.of(
                    status.status(),
                    FaultyAnswer.errorCode(status.status()),
                    FaultyAnswer.message(status.status()),
                    null);
        } else if (status.body().isEmpty() && status.contentType() == null) {
            answer = Answer.empty(status.status());
        } else {
            answer = Answer.text(status.status(), status.contentType(), status.body());
        }
        for (var header : status.headers().entrySet()) {
            answer = answer.with(header.getKey(), header.getValue());
        }
        return answer;
    }
}
