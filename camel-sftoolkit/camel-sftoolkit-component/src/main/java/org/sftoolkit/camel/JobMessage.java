package org.sftoolkit.camel;

import org.apache.camel.Exchange;
import org.sftoolkit.camel.body.CloseWithExchange;
import org.sftoolkit.camel.jobs.JobTaker.Claim;
import org.sftoolkit.camel.jobs.StoredJob.Kind;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.JobInfo;

/** Writes the result of a bulk job that was left to run into an exchange, with its headers. */
final class JobMessage {

    private JobMessage() {}

    static void write(Exchange exchange, Claim claim, JobInfo ended, Object body) {
        CloseWithExchange.add(exchange, body);
        IdHeader.setJob(exchange, claim.job().id());
        var message = exchange.getMessage();
        message.setBody(body);
        message.setHeader(SfToolkitConstants.SOBJECT, ended.object());
        message.setHeader(SfToolkitConstants.JOB_STATE, ended.state());
        if (claim.load().isNamed()) {
            message.setHeader(SfToolkitConstants.LOAD, claim.load().name());
        }
        if (claim.job().kind() == Kind.PAGE) {
            message.setHeader(
                    SfToolkitConstants.PAGE, Integer.valueOf(claim.job().part().replaceAll("\\D", "")));
        }
        if (body instanceof BulkResult result) {
            message.setHeader(SfToolkitConstants.SUCCEEDED, result.succeededCount());
            message.setHeader(SfToolkitConstants.FAILED, result.failedCount());
        }
    }
}
