package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.Map;
import org.sftoolkit.camel.client.OrgClient;

/** {@code versions}: the API versions of the org. */
public final class VersionsOperation implements Operation<NoInput> {

    @Override
    public Class<NoInput> input() {
        return NoInput.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer();
    }

    @Override
    public Future<Outcome> run(NoInput input, Call call) {
        return new OrgClient(call.client()).versions().map(body -> Outcome.of(body, Map.of()));
    }
}
