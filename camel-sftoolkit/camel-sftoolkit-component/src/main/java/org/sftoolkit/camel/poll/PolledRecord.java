package org.sftoolkit.camel.poll;

import org.sftoolkit.camel.model.SObject;

/**
 * A version of a record from a source.
 *
 * @param record the record; of a deleted one perhaps its Id alone
 * @param position what this version is known by
 * @param change kind of change
 * @param after position of the source after this record and all before it
 */
public record PolledRecord(SObject record, Position position, Change change, Cursor after) {}
