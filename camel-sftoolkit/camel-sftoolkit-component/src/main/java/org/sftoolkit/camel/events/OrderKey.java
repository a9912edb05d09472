package org.sftoolkit.camel.events;

import org.jspecify.annotations.Nullable;

/**
 * What must not overlap: deliveries of one key go to the route one after the other, in the order of their events.
 *
 * @param field whose value is the key; if null, changes are ordered by record and other events by channel
 */
public record OrderKey(@Nullable String field) {

    /** By record. */
    public static final OrderKey RECORD = new OrderKey(null);
    /** Deliveries may overlap as they like. */
    public static final OrderKey NONE = new OrderKey("");

    private static final String NO_ORDER = "NONE";

    /** The key that an option names: a field, {@code NONE}, or null for the record. */
    public static OrderKey of(@Nullable String option) {
        if (option == null || option.isBlank()) {
            return RECORD;
        }
        return option.strip().equals(NO_ORDER) ? NONE : new OrderKey(option.strip());
    }

    /** Null if the event may overlap with all others. */
    @Nullable
    String of(ChannelEvent event) {
        if (this.equals(NONE)) {
            return null;
        }
        if (field != null) {
            return event.channel() + '=' + event.record().get(field);
        }
        return event.id() == null ? ofChannel(event.channel()) : event.id();
    }

    /** The key of what cannot be read. */
    @Nullable
    String ofChannel(String channel) {
        return this.equals(NONE) ? null : channel;
    }
}
