package org.sftoolkit.camel.error;

/**
 * A load was started under a name that another load has: it is done, still under way elsewhere, or was begun with other data. Nothing
 * of this one was sent after that was found out.
 */
public final class DuplicateLoadException extends SfToolkitException {

    private static final long serialVersionUID = 1L;

    private final String name;

    /**
     * @param name of the load
     * @param what what is known of the other one, and the cure
     */
    public DuplicateLoadException(String name, String what) {
        super(what, Answer.NONE, null);
        this.name = name;
    }

    /** The name that two loads have. */
    public String loadName() {
        return name;
    }

    /** False: the name stays taken. */
    @Override
    public boolean retryable() {
        return false;
    }
}
