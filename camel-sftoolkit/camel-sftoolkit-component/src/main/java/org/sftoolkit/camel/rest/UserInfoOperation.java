package org.sftoolkit.camel.rest;

import io.vertx.core.Future;
import java.util.Map;
import org.sftoolkit.camel.operation.HonouredOptions;
import org.sftoolkit.camel.operation.NoInput;
import org.sftoolkit.camel.operation.Operation;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Outcome;

/** {@code userInfo}: the user that the connection is logged in as. */
public final class UserInfoOperation implements Operation<NoInput> {

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
        return new OrgClient(call.client()).userInfo().map(body -> Outcome.of(body, Map.of()));
    }
}
