package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.Map;

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
        return call.client().org().versions().map(body -> Outcome.of(body, Map.of()));
    }
}
