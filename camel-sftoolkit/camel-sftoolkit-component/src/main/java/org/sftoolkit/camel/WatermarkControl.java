package org.sftoolkit.camel;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The position of a running consumer, to read and to set. A new position takes effect with the next poll; records
 * after it are delivered again. Thread-safe.
 */
public interface WatermarkControl {

    /**
     * A control that is there.
     *
     * @throws IllegalStateException for null
     */
    static WatermarkControl require(@Nullable WatermarkControl control) {
        if (control == null) {
            throw new IllegalStateException("no consumer of this endpoint has been started");
        }
        return control;
    }

    /** Id of the consumer's route; null if Camel does not tell it, as behind {@code master:}. */
    @Nullable
    String routeId();

    /** URI of the consumer's endpoint, without secrets. */
    String uri();

    /** Key of the position in its store. */
    String key();

    /** The position as it is stored: one line of text. */
    String position();

    /** The instant before which everything is done; empty before the first poll and during the initial load. */
    Optional<Instant> watermark();

    /** Exchanges in progress. */
    int inFlight();

    /**
     * Sets the position.
     *
     * @param position {@code BEGINNING}, {@code NOW}, an instant, or an earlier result of {@link #position()}
     * @throws IllegalArgumentException for anything else
     */
    void set(String position);

    /**
     * Moves the position back.
     *
     * @throws IllegalStateException if there is no instant to go back from
     */
    void rewind(Duration by);
}
