package org.sftoolkit.camel.events;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Completes events that came without values, or to which more belongs. */
public interface Amendment {

    /** Leaves all as they are. */
    Amendment NONE = new Amendment() {
        @Override
        public @Nullable Future<List<List<ChannelEvent>>> amend(String channel, List<List<ChannelEvent>> events) {
            return null;
        }

        @Override
        public boolean concerns(List<ChannelEvent> event) {
            return false;
        }
    };

    /**
     * What the route is to get.
     *
     * @param events that wait, in their order, each by its records
     * @return as many, in the same order; null if all stay as they are
     */
    @Nullable
    Future<List<List<ChannelEvent>>> amend(String channel, List<List<ChannelEvent>> events);

    /** Whether an event cannot be delivered unless it is amended. */
    boolean concerns(List<ChannelEvent> event);
}
