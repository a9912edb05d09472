package org.sftoolkit.emulator.api;

/** Where the org's data lives at present: the URL that logins hand out. Safe for threads. */
public final class Instance {

    private volatile String url;

    /** Scheme, host and port, without a slash at the end. */
    public String url() {
        return url;
    }

    /** Moves the org: from now on other hosts know no session. */
    public void moveTo(String newUrl) {
        url = newUrl;
    }
}
