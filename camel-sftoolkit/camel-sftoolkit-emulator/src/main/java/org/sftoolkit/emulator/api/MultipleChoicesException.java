package org.sftoolkit.emulator.api;

/** One external id stands for several rows. Carries the answer and no stack trace. */
final class MultipleChoicesException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    MultipleChoicesException(Answer answer) {
        super("several rows", null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }
}
