package org.sftoolkit.camel.error;

/** The record, object or resource does not exist, is deleted, or cannot be seen by this user. */
public final class NotFoundException extends RequestRejectedException {

    private static final long serialVersionUID = 1L;

    // REST API Developer Guide, "Status Codes and Error Responses": what a missing record is called otherwise
    private static final String NO_RESOURCE = "The requested resource does not exist";

    /** @param answer the refusal */
    public NotFoundException(String what, Answer answer) {
        super(
                isNoResource(answer)
                        ? what + " (check the name of the object, apiVersion and the user's rights)"
                        : what,
                answer);
    }

    /** Whether Salesforce itself says so, by an error code; a page of a proxy has none. */
    public boolean saidBySalesforce() {
        return errors().stream().anyMatch(error -> !error.code().equals(ApiError.NO_CODE));
    }

    // an object that is misspelt or hidden is a path that does not exist
    private static boolean isNoResource(Answer answer) {
        return answer.errors().stream().anyMatch(error -> error.message().equals(NO_RESOURCE));
    }
}
