package org.sftoolkit.emulator.control;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.OrgSnapshot;

/** The states of the org that are kept in memory, by name. Safe for threads. */
public final class Snapshots {

    private final Org org;
    private final Map<String, OrgSnapshot> kept = new ConcurrentSkipListMap<>();

    public Snapshots(Org org) {
        this.org = org;
    }

    /**
     * Keeps all rows as they are now; a snapshot of the same name is replaced.
     *
     * @throws IllegalArgumentException if the name is blank or holds a slash
     */
    public OrgSnapshot take(String name) {
        if (name.isBlank() || name.contains("/")) {
            throw new IllegalArgumentException("\"name\" must be a text without a slash, not '" + name + "'");
        }
        OrgSnapshot snapshot = org.snapshot();
        kept.put(name, snapshot);
        return snapshot;
    }

    /** Puts all rows back. Answers false if there is no such snapshot. */
    public boolean restore(String name) {
        Optional<OrgSnapshot> snapshot = Optional.ofNullable(kept.get(name));
        snapshot.ifPresent(org::restore);
        return snapshot.isPresent();
    }

    /** Answers whether there was one. */
    boolean forget(String name) {
        return kept.remove(name) != null;
    }

    /** All of them, by name. */
    public Map<String, OrgSnapshot> all() {
        return new TreeMap<>(kept);
    }
}
