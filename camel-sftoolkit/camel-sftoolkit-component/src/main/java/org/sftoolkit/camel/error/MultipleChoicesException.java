package org.sftoolkit.camel.error;

import java.util.List;
import org.sftoolkit.camel.redaction.Redaction;

/** An external id matches more than one record (HTTP 300); nothing was written. */
public final class MultipleChoicesException extends RequestRejectedException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> choices;

    /**
     * @param choices paths of the records that match, or their Ids
     * @param answer  the refusal
     */
    public MultipleChoicesException(String what, List<String> choices, Answer answer) {
        super(what, answer);
        this.choices = choices.stream().map(Redaction::of).toList();
    }

    /** Ids of the records that match. */
    public List<String> ids() {
        return choices().stream()
                .map(choice -> choice.substring(choice.lastIndexOf('/') + 1))
                .toList();
    }

    /** Paths of the records that match, such as {@code /services/data/v66.0/sobjects/Account/001...}, or their Ids. */
    public List<String> choices() {
        return choices == null ? List.of() : choices;
    }
}
