package org.sftoolkit.camel.auth;

import io.vertx.core.Future;

/** Hears of each login before its token is used. */
@FunctionalInterface
public interface GrantListener {

    /** Nobody listens. */
    GrantListener NONE = grant -> Future.succeededFuture();

    /** Called after a login. The login continues when the future has completed, with success or failure. */
    Future<Void> granted(Grant grant);
}
