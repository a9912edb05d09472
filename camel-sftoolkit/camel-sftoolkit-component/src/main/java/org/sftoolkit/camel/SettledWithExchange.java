package org.sftoolkit.camel;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** Says at the end of an exchange whether it has succeeded, on a thread that may wait. */
final class SettledWithExchange extends SynchronizationAdapter {

    private final Supplier<Vertx> vertx;
    private final Consumer<Boolean> settled;

    SettledWithExchange(Supplier<Vertx> vertx, Consumer<Boolean> settled) {
        this.vertx = vertx;
        this.settled = settled;
    }

    @Override
    public void onComplete(Exchange done) {
        settle(!done.isRollbackOnly() && !done.isRollbackOnlyLast());
    }

    @Override
    public void onFailure(Exchange done) {
        settle(false);
    }

    private void settle(boolean succeeded) {
        if (Context.isOnEventLoopThread()) {
            vertx.get()
                    .executeBlocking(
                            () -> {
                                settled.accept(succeeded);
                                return null;
                            },
                            false);
        } else {
            settled.accept(succeeded);
        }
    }
}
