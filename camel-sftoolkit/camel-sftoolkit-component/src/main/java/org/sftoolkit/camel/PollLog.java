package org.sftoolkit.camel;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A polling consumer in the words of consoles. */
final class PollLog {

    private PollLog() {}

    static Map<String, Object> of(WatermarkControl poller) {
        var words = new LinkedHashMap<String, Object>();
        words.put("route", poller.routeId());
        words.put("key", poller.key());
        words.put("position", poller.position());
        words.put("inFlight", poller.inFlight());
        poller.watermark().ifPresent(watermark -> {
            words.put("watermark", watermark.toString());
            words.put("lagSeconds", Duration.between(watermark, Instant.now()).toSeconds());
        });
        return words;
    }
}
