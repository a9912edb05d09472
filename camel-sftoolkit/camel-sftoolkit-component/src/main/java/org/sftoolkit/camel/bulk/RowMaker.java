package org.sftoolkit.camel.bulk;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.SaveError;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.operation.BulkAction;

/** Decides what becomes of each record of a bulk load. Called by one thread at a time. */
public interface RowMaker {

    /**
     * A record on its way into a job.
     *
     * @param place  its place in the input
     * @param record the record
     * @param action what is done with it
     * @param cells  by column
     */
    record Row(int place, SourceRecord record, BulkAction action, Map<String, Object> cells) {}

    /** The record's row; null if it has its outcome already. */
    @Nullable
    Row row(int place, SourceRecord record);

    /** A row that cannot be sent after all. */
    void refuse(Row row, SaveError problem);

    /** A row that was written into the data of the job with this number. */
    default void written(int part, Row row, List<String> columns, List<String> cells) {}

    /** The text of a null in this column; an empty key makes Salesforce create a record or refuse the row, which null would not. */
    boolean isKey(BulkAction action, String column);
}
