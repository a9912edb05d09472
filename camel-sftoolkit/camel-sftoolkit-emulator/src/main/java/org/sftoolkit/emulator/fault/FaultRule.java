package org.sftoolkit.emulator.fault;

import org.sftoolkit.emulator.traffic.ResourceKey;

/**
 * When a fault strikes.
 *
 * @param times how many more requests it strikes
 * @param percent how many of a hundred fitting requests it strikes, 100 for each
 */
public record FaultRule(ResourceKey when, Fault fault, int times, double percent) {

    FaultRule struck() {
        return new FaultRule(when, fault, times == Integer.MAX_VALUE ? times : times - 1, percent);
    }
}
