package org.sftoolkit.camel.poll;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.SObject;

/** The org as a source sees it. */
public interface SpanReader {

    /** The org's time, by its own clock. */
    Future<Instant> now();

    /**
     * Begins to read a span. May give rows of the second in which the span begins that lie before it: those are known by what
     * was delivered.
     */
    Rows open(Span span);

    /** The watermark of a row. */
    Instant stamp(SObject row);

    /** Rows page by page. */
    interface Rows {

        /** The next page; null behind the last. After a failure the reading is over. */
        Future<@Nullable List<SObject>> next();
    }
}
