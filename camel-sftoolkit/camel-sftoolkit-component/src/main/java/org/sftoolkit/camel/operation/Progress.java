package org.sftoolkit.camel.operation;

import org.jspecify.annotations.Nullable;

/**
 * How far an exchange has come.
 *
 * @param operation the operation's name as in URIs
 * @param sObject the object's API name; null if the records contain it
 * @param done records finished, including failed ones; for a file: bytes
 * @param failed records that failed
 * @param total records, or bytes, in total; null if not known
 * @param job id of the bulk job; null if there is no job
 * @param step what happened: {@code batch}, {@code page}, {@code bytes}, {@code answer}, the new state of a job, or
 *     {@code end} of an operation that has no other steps
 */
public record Progress(
        String operation,
        @Nullable String sObject,
        long done,
        long failed,
        @Nullable Long total,
        @Nullable String job,
        String step) {}
