package org.sftoolkit.emulator.org;

/**
 * On whose behalf rows are written, and how.
 *
 * @param userId who becomes creator, modifier and, by default, owner
 * @param seeding whether system and read-only fields may be set: for the test that fills the org
 * @param allowDuplicates whether duplicate rules only warn
 * @param origin by which interface and client, as change events tell it; empty for what does not come through an API
 */
public record Writer(String userId, boolean seeding, boolean allowDuplicates, String origin) {

    /** A writer without an {@link #origin}. */
    public Writer(String userId, boolean seeding, boolean allowDuplicates) {
        this(userId, seeding, allowDuplicates, "");
    }

    /** A client of the API. */
    public static Writer client(String userId) {
        return new Writer(userId, false, false);
    }

    /** This writer with an {@link #origin}. */
    public Writer from(String interfaceAndClient) {
        return new Writer(userId, seeding, allowDuplicates, interfaceAndClient);
    }

    RowBuilder.Access access() {
        return seeding ? RowBuilder.Access.SEED : RowBuilder.Access.API;
    }
}
