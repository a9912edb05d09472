package org.sftoolkit.camel.bulk;

import io.vertx.core.Future;
import java.util.Optional;
import org.sftoolkit.camel.operation.Fanout;
import org.sftoolkit.camel.operation.OperationContext;
import org.sftoolkit.camel.transport.StopSignal;

/** The parts of a load as tasks, read on a worker thread. Deletes the file of a part that is not used. */
public final class PartSource implements Fanout.Source<BulkPart> {

    private final OperationContext call;
    private final BulkParts parts;

    public PartSource(OperationContext call, BulkParts parts) {
        this.call = call;
        this.parts = parts;
    }

    @Override
    public Future<Optional<BulkPart>> next() {
        return call.worker().run(() -> {
            Optional<BulkPart> part = parts.next();
            if (call.stop().given()) {
                // the caller may no longer take it
                part.ifPresent(BulkPart::remove);
                throw StopSignal.failure();
            }
            return part;
        });
    }

    @Override
    public void notBegun(BulkPart part) {
        part.remove();
    }

    /** Closes the input; one that gives nothing, and so cannot be closed, does not hold up the end of the route. */
    public Future<Void> close() {
        return call.stop().until(call.worker().run(() -> {
            parts.close();
            return null;
        }));
    }

    /** Removes the file of a part, also if no worker is left because Vert.x was closed. */
    public static Future<Void> remove(OperationContext call, BulkPart part) {
        return call.worker()
                .<Void>run(() -> {
                    part.remove();
                    return null;
                })
                .onFailure(closed -> part.remove());
    }
}
