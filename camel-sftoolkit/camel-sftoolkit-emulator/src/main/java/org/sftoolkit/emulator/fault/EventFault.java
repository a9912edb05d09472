package org.sftoolkit.emulator.fault;

import java.time.Duration;

/**
 * Something that goes wrong on the event bus. Rules for it name the call and the channel, {@code "Subscribe /data/*"} or {@code
 * "Publish /event/Order_Placed__e"}. Immutable.
 *
 * <pre>{@code
 * emulator.faults().next(when("Subscribe /data/*"), EventFault.status("UNAVAILABLE", "service.unavailable").after(3));
 * emulator.faults().next(2, when("Subscribe"), EventFault.alter(Alteration.DUPLICATE));
 * }</pre>
 */
public sealed interface EventFault extends Fault {

    /** How a stream ends without an error of its own. */
    enum Ending {
        /** With the status OK. */
        OK,
        /** With a reset of the stream. */
        RESET,
        /** The connection is to be given up, by a GOAWAY; the stream goes on. */
        GO_AWAY,
        /** The connection breaks. */
        DROP_CONNECTION,
        /** It does not end, and brings nothing any more. */
        SILENCE
    }

    /** What becomes of an event. */
    enum Alteration {
        /** It comes twice. */
        DUPLICATE,
        /** Its payload cannot be read by its schema. */
        UNREADABLE,
        /** Its schema does not exist. */
        UNKNOWN_SCHEMA,
        /** A gap event of the same rows comes instead. */
        GAP,
        /** An overflow event of the same object comes instead. */
        OVERFLOW,
        /** A gap event of all rows of the object comes instead. */
        WILDCARD
    }

    /**
     * A stream, open or opening, ends with a status; or a call is answered by it.
     *
     * @param status such as {@code UNAVAILABLE}
     * @param errorCode what follows {@code sfdc.platform.eventbus.grpc.}; or null
     * @param afterEvents how many more events the stream brings; a publisher's are published before if it is not 0
     */
    record GrpcStatus(String status, String errorCode, String message, int afterEvents) implements EventFault {

        /** This fault after so many events. */
        public GrpcStatus after(int events) {
            return new GrpcStatus(status, errorCode, message, events);
        }

        @Override
        public Stage stage() {
            return Stage.STREAM;
        }
    }

    /**
     * A stream, open or opening, ends; or a call is not answered.
     *
     * @param afterEvents how many more events the stream brings; a publisher's are published before if it is not 0
     */
    record EndStream(Ending ending, int afterEvents) implements EventFault {

        /** This fault after so many events. */
        public EndStream after(int events) {
            return new EndStream(ending, events);
        }

        @Override
        public Stage stage() {
            return Stage.STREAM;
        }
    }

    /** The next event of a stream is another. */
    record AlterEvent(Alteration alteration) implements EventFault {

        @Override
        public Stage stage() {
            return Stage.EVENT;
        }
    }

    /** The next event of a stream, and those behind it, come later. */
    record DelayEvent(Duration time) implements EventFault {

        @Override
        public Stage stage() {
            return Stage.EVENT;
        }
    }

    /** The next event of a publisher is refused, those beside it are not. */
    record PublishError(String message) implements EventFault {

        @Override
        public Stage stage() {
            return Stage.ROW;
        }
    }

    /**
     * A status with Salesforce's code.
     *
     * @param status such as {@code UNAVAILABLE}
     * @param errorCode what follows {@code sfdc.platform.eventbus.grpc.}
     */
    static GrpcStatus status(String status, String errorCode) {
        return new GrpcStatus(status, errorCode, "The emulator was told to fail here.", 0);
    }

    /** A status without a code, as of the network in between. */
    static GrpcStatus status(String status) {
        return status(status, null);
    }

    static EndStream end(Ending ending) {
        return new EndStream(ending, 0);
    }

    static EventFault alter(Alteration alteration) {
        return new AlterEvent(alteration);
    }

    static EventFault delayEvent(Duration time) {
        return new DelayEvent(time);
    }

    static EventFault publishError(String message) {
        return new PublishError(message);
    }
}
