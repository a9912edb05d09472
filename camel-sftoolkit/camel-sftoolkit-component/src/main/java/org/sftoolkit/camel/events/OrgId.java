package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import org.sftoolkit.camel.client.JsonMaps;
import org.sftoolkit.camel.model.RecordId;
import org.sftoolkit.camel.transport.Request;
import org.sftoolkit.camel.transport.Token;
import org.sftoolkit.camel.transport.Transport;

/** Finds the Id of the org of a token. */
public final class OrgId {

    private static final String PREFIX = "00D";

    private OrgId() {}

    /** The Id in 18 characters: an opaque token begins with it, else the org is asked. */
    public static Future<String> of(Token token, Transport transport) {
        int end = token.accessToken().indexOf('!');
        String id = end < 0 ? "" : token.accessToken().substring(0, end);
        if (id.startsWith(PREFIX) && RecordId.isId(id)) {
            return Future.succeededFuture(RecordId.of18(id));
        }
        Request request = Request.get("/services/oauth2/userinfo");
        return transport
                .send(request)
                .map(answer -> JsonMaps.object(request, answer, "organization_id"))
                .map(user -> RecordId.of18(String.valueOf(user.get("organization_id"))));
    }
}
