package org.sftoolkit.emulator.events;

/** What a change event tells of, in the order of the schema's symbols (Change Data Capture Developer Guide). */
enum ChangeType {
    CREATE,
    UPDATE,
    DELETE,
    UNDELETE,
    GAP_CREATE,
    GAP_UPDATE,
    GAP_DELETE,
    GAP_UNDELETE,
    GAP_OVERFLOW,
    SNAPSHOT;

    /** The gap event that stands for this one. */
    ChangeType gap() {
        return switch (this) {
            case CREATE -> GAP_CREATE;
            case UPDATE -> GAP_UPDATE;
            case DELETE -> GAP_DELETE;
            case UNDELETE -> GAP_UNDELETE;
            default -> this;
        };
    }
}
