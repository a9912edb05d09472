package org.sftoolkit.camel.events;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A channel of a subscription as consoles show it.
 *
 * @param trouble    why nothing comes; null if nothing is wrong
 * @param rpcId      of the last answer; empty for none
 * @param position   behind what is done
 * @param storedAt   when the position was stored; null if it is not
 * @param credit     events that were asked for and have not come
 * @param held       events that came and are not done, those under way included
 * @param underWay   deliveries
 * @param heardSince time since the last sign of life
 */
public record ChannelStatus(
        String channel,
        String state,
        @Nullable Throwable trouble,
        String rpcId,
        ReplayPosition position,
        @Nullable Instant storedAt,
        int credit,
        int held,
        int underWay,
        Duration heardSince) {}
