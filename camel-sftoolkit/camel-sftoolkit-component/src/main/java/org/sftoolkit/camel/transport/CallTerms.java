package org.sftoolkit.camel.transport;

/**
 * What holds for the calls of an exchange or a consumer.
 *
 * @param share   percent of the org's calls in 24 hours at which its calls stop; 0 for no limit of its own
 * @param parks   whether it waits while the org takes no calls: then it asks no more often than {@link DailyLimit} lets it
 * @param counted called for each call that goes out
 */
public record CallTerms(int share, boolean parks, Runnable counted) {

    /** No limit of its own; failures are failures. */
    public static final CallTerms NONE = new CallTerms(0, false, () -> {});
}
