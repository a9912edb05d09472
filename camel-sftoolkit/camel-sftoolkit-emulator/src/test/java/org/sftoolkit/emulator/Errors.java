package org.sftoolkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

/** Assertions on refused calls. */
final class Errors {

    private Errors() {}

    static void assertError(Client.Reply reply, int status, String code, String message) {
        assertError(reply, status, code);
        assertThat(reply.json().get(0).path("message").asText()).isEqualTo(message);
    }

    static void assertError(Client.Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.json()).as(reply.body()).hasSize(1);
        assertThat(reply.json().get(0).path("errorCode").asText())
                .as(reply.body())
                .isEqualTo(code);
    }
}
