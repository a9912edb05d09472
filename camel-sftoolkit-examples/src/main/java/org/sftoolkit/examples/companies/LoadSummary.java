package org.sftoolkit.examples.companies;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.model.SaveResults;

/** Counts what the lists of one pass came to. */
public class LoadSummary implements AggregationStrategy {

    /**
     * Companies of a pass.
     *
     * @param created of them new
     * @param updated of them known already
     */
    public record Pass(long created, long updated) {

        Pass plus(SaveResults results) {
            long fresh = results.stream().filter(SaveResult::created).count();
            return new Pass(created + fresh, updated + results.size() - fresh);
        }

        @Override
        public String toString() {
            return created + " companies created, " + updated + " updated";
        }
    }

    @Override
    public Exchange aggregate(Exchange before, Exchange list) {
        Pass pass = before == null ? new Pass(0, 0) : before.getMessage().getBody(Pass.class);
        Exchange sum = before == null ? list : before;
        sum.getMessage().setBody(pass.plus(list.getMessage().getBody(SaveResults.class)));
        return sum;
    }
}
