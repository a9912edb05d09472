package org.sftoolkit.camel.auth;

import java.util.List;
import org.sftoolkit.camel.error.ApiError;

/** What to do about a refused login, by Salesforce's own words. */
final class OAuthHints {

    private OAuthHints() {}

    /** A cure to append to a message, beginning with a blank; empty where none is known. */
    static String hint(List<ApiError> errors) {
        String text = errors.isEmpty() ? "" : errors.get(0).message();
        String code = errors.isEmpty() ? "" : errors.get(0).code();
        String cure =
                switch (text) {
                    case "authentication failure" ->
                        "check userName, password and securityToken, and whether the org allows"
                                + " username-password logins";
                    case "client identifier invalid" -> "check clientId";
                    case "invalid client credentials" -> "check clientId and clientSecret";
                    case "no client credentials user enabled" ->
                        "name a run-as user in the connected app's client credentials flow";
                    case "request not supported on this domain" -> "set loginUrl to the org's My Domain URL";
                    case "user hasn't approved this consumer" ->
                        "pre-authorise the connected app for this user's profile or" + " permission set";
                    default -> code.equals("inactive_user") ? "activate the user" : "";
                };
        return cure.isEmpty() ? "" : " (" + cure + ")";
    }
}
