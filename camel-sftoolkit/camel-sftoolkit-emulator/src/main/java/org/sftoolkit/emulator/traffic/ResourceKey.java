package org.sftoolkit.emulator.traffic;

import java.util.Locale;

/**
 * Picks requests: {@code "POST composite/sobjects"}, or without a method {@code "composite/sobjects"}, or {@code "*"} for
 * all of the data API. The resource is either a name from the table of endpoints ({@code sobjects/{object}/{id}}) or a
 * real path, whole or what stands behind {@code /services/} and the version ({@code sobjects/Account}); {@code *} at its
 * end stands for any rest. Case is ignored.
 */
public final class ResourceKey {

    private final String text;
    private final String method;
    private final String resource;
    private final boolean open;

    private ResourceKey(String text) {
        this.text = text.strip();
        int blank = this.text.indexOf(' ');
        this.method = blank < 0 ? "" : this.text.substring(0, blank).toUpperCase(Locale.ROOT);
        String rest = behindVersion(this.text.substring(blank + 1).strip().toLowerCase(Locale.ROOT));
        this.open = rest.endsWith("*");
        this.resource = open ? rest.substring(0, rest.length() - 1) : rest;
    }

    public static ResourceKey of(String text) {
        return new ResourceKey(text);
    }

    /**
     * @param name the resource's name in the table of endpoints
     * @param path the request's path, with or without a query
     */
    public boolean matches(String requestMethod, String name, String path) {
        if (!method.isEmpty() && !method.equals(requestMethod)) {
            return false;
        }
        return fits(name.toLowerCase(Locale.ROOT)) || fits(tail(path));
    }

    private boolean fits(String candidate) {
        return open ? candidate.startsWith(resource) : candidate.equals(resource);
    }

    private static String tail(String path) {
        int mark = path.indexOf('?');
        String plain = (mark < 0 ? path : path.substring(0, mark)).toLowerCase(Locale.ROOT);
        return behindVersion(plain).replaceFirst("/$", "");
    }

    private static String behindVersion(String path) {
        return path.replaceFirst("^/(services/(data/v[^/]*/)?|eventbus\\.v1\\.pubsub/)", "");
    }

    @Override
    public String toString() {
        return text;
    }
}
