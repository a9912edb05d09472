package org.sftoolkit.camel.rest;

import io.vertx.core.Future;
import java.util.Map;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.NoInput;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;

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
    public Future<Outcome> run(NoInput input, OperationContext call) {
        return call.client().metadata().everything(call.options().sObject()).map(body -> Outcome.of(body, Map.of()));
    }
}
