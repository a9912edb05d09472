package org.sftoolkit.camel.connection;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The meters of one event subscription. */
public interface EventMeters extends AutoCloseable {

    /** None. */
    EventMeters NONE = new EventMeters() {
        @Override
        public void event(String channel, String result) {}

        @Override
        public void reconnected(String channel, String code) {}

        @Override
        public void close() {}
    };

    /**
     * Current values of a channel.
     *
     * @param lag since the last event that is done was committed; null if that is not known
     * @param credit events that were asked for and have not come
     * @param held events that came and are not done
     * @param underWay exchanges
     */
    record Gauges(@Nullable Duration lag, int credit, int held, int underWay) {}

    /**
     * Something became of an event.
     *
     * @param result such as {@code received}, {@code completed} or {@code failed}
     */
    void event(String channel, String result);

    /** A stream ended and is opened again. */
    void reconnected(String channel, String code);

    /** Takes the meters away. */
    @Override
    void close();
}
