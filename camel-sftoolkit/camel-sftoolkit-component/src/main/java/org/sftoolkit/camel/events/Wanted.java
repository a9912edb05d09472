package org.sftoolkit.camel.events;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which events are delivered; the position passes the others.
 *
 * @param changes    of records; events that are none are all delivered
 * @param ownOrigin  client name whose changes are dropped, since this connection made them; null for none
 */
public record Wanted(Set<EventChange> changes, @Nullable String ownOrigin) {

    private static final String CLIENT = ";client=";

    public Wanted {
        changes = Set.copyOf(changes);
    }

    /** All. */
    public static final Wanted ALL = new Wanted(Set.of(EventChange.values()), null);

    List<ChannelEvent> of(List<ChannelEvent> events) {
        return events.stream().allMatch(this::isWanted)
                ? events
                : events.stream().filter(this::isWanted).toList();
    }

    private boolean isWanted(ChannelEvent event) {
        boolean own = ownOrigin != null
                && event.header() != null
                && event.header().changeOrigin().endsWith(CLIENT + ownOrigin);
        // of records that are not named nobody knows yet what became of them
        return !own && (event.change() == null || event.namesNoRecord() || changes.contains(event.change()));
    }
}
