package org.sftoolkit.camel;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.sftoolkit.camel.client.DescribeCache;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.JobWatch;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.operation.Worker;
import org.sftoolkit.camel.transport.Delays;
import org.sftoolkit.camel.transport.LogContext;
import org.sftoolkit.camel.transport.RetryPolicy;
import org.sftoolkit.camel.transport.StopSignal;
import org.sftoolkit.camel.transport.Transport;

/** Calls of operations without a route: options with the defaults of endpoints, and no pause takes time. */
public final class TestCalls {

    /** Does at once what it is given. */
    public static final Worker DIRECT = new Worker() {
        @Override
        public <T> Future<T> run(Callable<T> work) {
            try {
                return Future.succeededFuture(work.call());
            } catch (Exception e) {
                return Future.failedFuture(e);
            }
        }
    };

    private TestCalls() {}

    /** The options of an endpoint on which these were set. */
    public static CallOptions options(String sObject, Consumer<SfToolkitConfiguration> set) {
        var options = new SfToolkitConfiguration();
        set.accept(options);
        return options.callOptions(sObject, Map.of());
    }

    public static OperationContext context(Transport org, CallOptions options, Worker worker) {
        return context(org, options, worker, time -> Future.succeededFuture());
    }

    public static OperationContext context(Transport org, CallOptions options, Worker worker, Delays delays) {
        return new OperationContext(
                new SalesforceClient(org, new DescribeCache()),
                options,
                worker,
                delays,
                new RetryPolicy(3, Duration.ofMillis(1), Duration.ofMillis(1), new Random(1)),
                progress -> {},
                JobWatch.NONE,
                null,
                LogContext.NONE,
                new StopSignal());
    }
}
