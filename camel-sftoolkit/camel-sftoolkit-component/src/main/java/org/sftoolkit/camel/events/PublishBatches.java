package org.sftoolkit.camel.events;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.SourceRecord;

/** Cuts the input into batches by number and size; may block. */
final class PublishBatches {

    private static final int MOST_BYTES = 3_000_000;

    private final Iterator<SourceRecord> records;
    private final PublishOperation.Publisher publisher;
    private final int most;
    private final boolean kept;
    private int index;
    private PublishOperation.@Nullable Row ahead;

    PublishBatches(Iterator<SourceRecord> records, PublishOperation.Publisher publisher, int most, boolean kept) {
        this.records = records;
        this.publisher = publisher;
        this.most = most;
        this.kept = kept;
    }

    /** The next batch; null behind the last. */
    @Nullable
    List<PublishOperation.Row> next() {
        var batch = new ArrayList<PublishOperation.Row>();
        int bytes = 0;
        while (batch.size() < most) {
            if (ahead == null && records.hasNext()) {
                SourceRecord record = records.next();
                ahead = new PublishOperation.Row(
                        index++, UUID.randomUUID().toString(), record, publisher.encode(record), kept);
            }
            if (ahead == null) {
                break;
            }
            byte[] payload = ahead.encoded().payload();
            int size = payload == null ? 0 : payload.length;
            if (!batch.isEmpty() && bytes + size > MOST_BYTES) {
                break;
            }
            bytes += size;
            batch.add(ahead);
            ahead = null;
        }
        return batch.isEmpty() ? null : batch;
    }
}
