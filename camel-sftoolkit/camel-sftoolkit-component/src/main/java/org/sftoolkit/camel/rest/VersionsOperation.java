package org.sftoolkit.camel.rest;

import io.vertx.core.Future;
import java.util.Map;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.NoInput;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;

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
    public Future<Outcome> run(NoInput input, OperationContext call) {
        return new OrgClient(call.client()).versions().map(body -> Outcome.of(body, Map.of()));
    }
}
