package org.sftoolkit.camel.operation;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.sftoolkit.camel.client.OrgClient;

/** {@code limits}: the limits of the org; with an object, about how many records it has. */
public final class LimitsOperation implements Operation<NoInput> {

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
        OrgClient org = new OrgClient(call.client());
        String object = call.options().sObject();
        return (object == null ? org.limits() : org.recordCount(List.of(object)))
                .map(limits -> Outcome.of(limits, Map.of()));
    }
}
