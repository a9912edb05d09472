package org.sftoolkit.emulator.org;

/**
 * The result of one row of a write.
 *
 * @param id the row's id, or null
 * @param created whether an insert made it
 * @param error why it was refused, or null
 */
public record SaveResult(String id, boolean created, SaveError error) {

    /** Whether the row was written. */
    public boolean success() {
        return error == null;
    }
}
