package org.sftoolkit.camel.transport;

import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Failures after which a request has certainly not reached Salesforce: those of opening a connection, and of a closed Vert.x.
 *
 * <p>All others may have come too late. A pooled connection that the server had closed already is among them: nothing tells
 * whether the request's bytes were read before.
 */
final class Unsent {

    private Unsent() {}

    /** Whether nothing of the request can have been carried out. */
    static boolean certainly(Throwable failure) {
        // refusals of a proxy are ConnectExceptions, too
        return failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof NoRouteToHostException
                || failure instanceof SSLHandshakeException
                || failure instanceof SSLPeerUnverifiedException
                || failure instanceof NotSslRecordException
                || failure instanceof ConnectionPoolTooBusyException
                // the event loop has ended
                || failure instanceof RejectedExecutionException;
    }
}
