package org.sftoolkit.camel.auth;

import io.vertx.core.Future;

/** Hears of each login before its token is used. */
@FunctionalInterface
public interface GrantListener {

    /** Nobody listens. */
    GrantListener NONE = grant -> Future.succeededFuture();

    /** Takes note; the login goes on when the future has completed, whether it succeeded or failed. */
    Future<Void> granted(Grant grant);
}
