package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.Map;

/** {@code describe}: what the org tells of one object, or of all. */
public final class DescribeOperation implements Operation<NoInput> {

    @Override
    public Class<NoInput> input() {
        return NoInput.class;
    }

    @Override
    public HonouredOptions options() {
        return HonouredOptions.producer("sObject");
    }

    @Override
    public Future<Outcome> run(NoInput input, Call call) {
        return call.client().metadata().everything(call.options().sObject()).map(body -> Outcome.of(body, Map.of()));
    }
}
