package org.sftoolkit.camel.rest;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.NoInput;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;

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
    public Future<Outcome> run(NoInput input, OperationContext call) {
        OrgClient org = new OrgClient(call.client());
        String object = call.options().sObject();
        return (object == null ? org.limits() : org.recordCount(List.of(object)))
                .map(limits -> Outcome.of(limits, Map.of()));
    }
}
