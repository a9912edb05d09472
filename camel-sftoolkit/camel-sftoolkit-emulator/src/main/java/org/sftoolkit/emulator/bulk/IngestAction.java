package org.sftoolkit.emulator.bulk;

import java.util.Arrays;
import java.util.Optional;

/** What an ingest job does with its rows. */
public enum IngestAction {
    INSERT("insert"),
    UPDATE("update"),
    UPSERT("upsert"),
    DELETE("delete"),
    HARD_DELETE("hardDelete");

    private final String wireName;

    IngestAction(String wireName) {
        this.wireName = wireName;
    }

    /** The name on the wire. */
    public String wireName() {
        return wireName;
    }

    boolean deletes() {
        return this == DELETE || this == HARD_DELETE;
    }

    /** The action of exactly that name; case counts. */
    public static Optional<IngestAction> named(String name) {
        return Arrays.stream(values())
                .filter(action -> action.wireName.equals(name))
                .findFirst();
    }
}
