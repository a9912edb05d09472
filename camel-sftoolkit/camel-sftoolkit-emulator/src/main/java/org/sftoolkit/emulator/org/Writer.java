package org.sftoolkit.emulator.org;

/**
 * On whose behalf rows are written, and how.
 *
 * @param userId who becomes creator, modifier and, by default, owner
 * @param seeding whether system and read-only fields may be set: for the test that fills the org
 * @param allowDuplicates whether duplicate rules only warn
 */
public record Writer(String userId, boolean seeding, boolean allowDuplicates) {

    /** A client of the API. */
    public static Writer client(String userId) {
        return new Writer(userId, false, false);
    }

    RowBuilder.Access access() {
        return seeding ? RowBuilder.Access.SEED : RowBuilder.Access.API;
    }
}
