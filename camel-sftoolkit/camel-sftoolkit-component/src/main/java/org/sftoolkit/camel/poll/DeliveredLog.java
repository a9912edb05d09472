package org.sftoolkit.camel.poll;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Which versions of records were delivered, as far back as they may be read again. Not thread-safe. */
public final class DeliveredLog {

    private final TreeMap<Long, IdSet> bySecond = new TreeMap<>();
    private int size;

    /** Whether this version was delivered. */
    public boolean contains(Position version) {
        IdSet ids = bySecond.get(version.stamp().getEpochSecond());
        return ids != null && ids.contains(IdSet.hash(version.id()));
    }

    /** Remembers this version. */
    public void add(Position version) {
        add(version.stamp().getEpochSecond(), IdSet.hash(version.id()));
    }

    /** Forgets what is older. */
    public void forgetBefore(Instant stamp) {
        Map<Long, IdSet> old = bySecond.headMap(stamp.getEpochSecond());
        old.values().forEach(ids -> size -= ids.size());
        old.clear();
    }

    /** Forgets all. */
    public void clear() {
        bySecond.clear();
        size = 0;
    }

    /** Versions that are remembered. */
    public int size() {
        return size;
    }

    void addAll(DeliveredLog other) {
        other.bySecond.forEach((second, ids) -> ids.forEach(hash -> add(second, hash)));
    }

    void add(long second, long hash) {
        IdSet ids = bySecond.computeIfAbsent(second, key -> new IdSet());
        size -= ids.size();
        ids.add(hash);
        size += ids.size();
    }

    /** By second, the newest first. */
    Map<Long, IdSet> newestFirst() {
        return bySecond.descendingMap();
    }
}
