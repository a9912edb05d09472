package org.sftoolkit.camel.connection;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sftoolkit.camel.model.JobInfo;

/**
 * A bulk job that an exchange or a consumer is at.
 *
 * @param connection name of the connection
 * @param job        as Salesforce described it last
 * @param since      when the exchange began with it
 */
public record RunningJob(String connection, JobInfo job, Instant since) {

    /** In the words of consoles. */
    public Map<String, Object> describe() {
        var words = new LinkedHashMap<String, Object>();
        words.put("id", job.id());
        words.put("connection", connection);
        words.put("object", job.object());
        words.put("operation", job.operation());
        words.put("state", job.state());
        words.put("processed", job.processed());
        words.put("failed", job.failed());
        words.put("since", since.toString());
        words.put("seconds", Duration.between(since, Instant.now()).toSeconds());
        return words;
    }
}
