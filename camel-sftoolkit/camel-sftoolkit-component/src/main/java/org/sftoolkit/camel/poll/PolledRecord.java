package org.sftoolkit.camel.poll;

import org.sftoolkit.camel.model.SObject;

/**
 * A version of a record as a source gives it.
 *
 * @param record   the record; of a deleted one perhaps its Id alone
 * @param position what this version is known by
 * @param change   what became of the record
 * @param after    where the source stands once this record and all before it are done
 */
public record PolledRecord(SObject record, Position position, Change change, Cursor after) {}
