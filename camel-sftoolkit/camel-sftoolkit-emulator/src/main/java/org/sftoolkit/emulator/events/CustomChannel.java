package org.sftoolkit.emulator.events;

import java.util.ArrayList;
import java.util.List;

/**
 * A custom channel (Tooling API: {@code PlatformEventChannel}): change events of some objects, or some platform events.
 * Immutable.
 *
 * <pre>{@code
 * CustomChannel.named("/data/Sales__chn")
 *     .with("Account", "Industry = 'Energy'", "External_ID__c")
 *     .with("Opportunity")
 * }</pre>
 *
 * @param name with its {@code /data/} or {@code /event/}; ends in {@code __chn}
 */
public record CustomChannel(String name, List<Member> members) {

    /**
     * An object or platform event whose events belong to the channel.
     *
     * @param filter a condition as behind WHERE in SOQL, which the row has to meet after the change, and before a deletion;
     *     null for none. Gap events always meet it
     * @param enriched fields whose values are in every event, with those of the filter
     */
    public record Member(String entity, String filter, List<String> enriched) {}

    public CustomChannel {
        if (!name.matches("/(data|event)/\\w+__chn")) {
            throw new IllegalArgumentException(
                    "channel '" + name + "': use a name such as /data/Sales__chn or /event/Sales__chn");
        }
        members = List.copyOf(members);
    }

    /** A channel without members. */
    public static CustomChannel named(String name) {
        return new CustomChannel(name, List.of());
    }

    /** This channel with all events of an object or platform event. */
    public CustomChannel with(String entity) {
        return with(entity, null);
    }

    /**
     * This channel with those events of an object that meet a condition.
     *
     * @param filter null for all
     * @param enriched names of fields whose values are in every event
     */
    public CustomChannel with(String entity, String filter, String... enriched) {
        List<Member> all = new ArrayList<>(members);
        all.add(new Member(entity, filter, List.of(enriched)));
        return new CustomChannel(name, all);
    }
}
