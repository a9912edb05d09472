package org.sftoolkit.camel.events;

import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names of channels as routes write them, and as the bus knows them. */
public final class ChannelName {

    private static final String DATA = "/data/";
    private static final String EVENT = "/event/";
    private static final String CUSTOM_OBJECT = "__c";

    private ChannelName() {}

    /**
     * The channels that a list names, in its order.
     *
     * @param list separated by commas; each a full name, an event, or an object whose changes are meant
     * @throws IllegalArgumentException for a name that cannot be a channel, or one that is there twice
     */
    public static List<String> all(@Nullable String list) {
        var channels = new LinkedHashSet<String>();
        for (String name : list == null ? new String[0] : list.split(",", -1)) {
            String channel = of(name.strip());
            if (!channels.add(channel)) {
                throw new IllegalArgumentException("the channel " + channel + " is named twice: name it once");
            }
        }
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("no channel is given: add it to the URI, as in"
                    + " sftoolkit:subscribe:/data/AccountChangeEvent or sftoolkit:subscribe:Order_Placed__e");
        }
        return List.copyOf(channels);
    }

    /** The channel that a name stands for: {@code Account} for {@code /data/AccountChangeEvent}. */
    static String of(String name) {
        if (name.startsWith("/")) {
            if (!name.matches("/(data|event)/\\w+")) {
                throw refusal(name, "a channel is /data/ or /event/ and one name");
            }
            return name;
        }
        if (!name.matches("[A-Za-z]\\w*")) {
            throw refusal(name, "a name has letters, digits and underscores");
        }
        if (name.endsWith("__chn")) {
            throw refusal(name, "write a custom channel in full, as /data/" + name + " or /event/" + name);
        }
        if (name.endsWith("ChangeEvent") || name.equals("ChangeEvents")) {
            return DATA + name;
        }
        boolean event =
                name.endsWith("__e") || name.endsWith("EventStream") || name.endsWith("Event") && !name.equals("Event");
        return event ? EVENT + name : DATA + changes(name);
    }

    private static String changes(String object) {
        return object.endsWith(CUSTOM_OBJECT)
                ? object.substring(0, object.length() - CUSTOM_OBJECT.length()) + "__ChangeEvent"
                : object + "ChangeEvent";
    }

    /** The channel of a platform event that is published. */
    public static String published(String event) {
        String channel = of(event);
        if (!channel.startsWith(EVENT)) {
            throw refusal(event, "only platform events can be published, such as Order_Placed__e");
        }
        return channel;
    }

    /** The event of a channel, as {@code Order_Placed__e} of {@code /event/Order_Placed__e}. */
    public static String event(String channel) {
        return channel.substring(channel.lastIndexOf('/') + 1);
    }

    /** Whether what comes there are changes of records. */
    public static boolean isOfChanges(String channel) {
        return channel.startsWith(DATA);
    }

    /** The object whose changes come there; null if there are several. */
    public static @Nullable String object(String channel) {
        String name = event(channel);
        if (!isOfChanges(channel) || name.equals("ChangeEvents") || name.endsWith("__chn")) {
            return null;
        }
        return name.endsWith("__ChangeEvent")
                ? name.substring(0, name.length() - "__ChangeEvent".length()) + CUSTOM_OBJECT
                : name.substring(0, name.length() - "ChangeEvent".length());
    }

    private static IllegalArgumentException refusal(String name, String rule) {
        return new IllegalArgumentException("'" + name + "' is not a channel: " + rule
                + ". Examples: /data/AccountChangeEvent, /data/ChangeEvents, /event/Order_Placed__e, or the short names"
                + " Account and Order_Placed__e");
    }
}
