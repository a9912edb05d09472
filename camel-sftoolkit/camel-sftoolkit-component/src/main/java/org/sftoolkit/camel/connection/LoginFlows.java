package org.sftoolkit.camel.connection;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.SfToolkitLogin;
import org.sftoolkit.camel.SfToolkitTokenListener;
import org.sftoolkit.camel.auth.CliLogin;
import org.sftoolkit.camel.auth.FixedToken;
import org.sftoolkit.camel.auth.FormLogin;
import org.sftoolkit.camel.auth.GrantListener;
import org.sftoolkit.camel.auth.JwtAssertion;
import org.sftoolkit.camel.auth.JwtLogin;
import org.sftoolkit.camel.auth.LoginFlow;
import org.sftoolkit.camel.auth.RefreshLogin;
import org.sftoolkit.camel.auth.RefreshTokens;
import org.sftoolkit.camel.auth.SfCommand;
import org.sftoolkit.camel.auth.SoapEnvelope;
import org.sftoolkit.camel.auth.SoapLogin;
import org.sftoolkit.camel.auth.SuppliedToken;
import org.sftoolkit.camel.auth.TokenEndpoint;
import org.sftoolkit.camel.transport.Token;
import org.sftoolkit.camel.transport.Transport;

/**
 * Creates the login flow of the settings.
 *
 * @param transport to the login host, without filters that need a token
 * @param vertx whose workers run blocking work
 * @param limit longest wait for what is not asked over HTTP
 * @param rotated the newest refresh tokens
 */
record LoginFlows(Transport transport, Vertx vertx, Duration limit, RefreshTokens rotated) {

    LoginFlow of(Login login) {
        if (login instanceof Login.ClientCredentials client) {
            return FormLogin.clientCredentials(
                    endpoint(client.loginUrl(), client),
                    client.clientId(),
                    client.clientSecret().value());
        }
        if (login instanceof Login.Password user) {
            return FormLogin.password(
                    endpoint(user.loginUrl(), user),
                    user.clientId(),
                    user.clientSecret().value(),
                    user.userName(),
                    user.password().value(),
                    Secret.reveal(user.securityToken()));
        }
        if (login instanceof Login.Refresh refresh) {
            return new RefreshLogin(
                    endpoint(refresh.loginUrl(), refresh),
                    refresh.clientId(),
                    Secret.reveal(refresh.clientSecret()),
                    refresh.refreshToken().value(),
                    rotated);
        }
        if (login instanceof Login.Jwt jwt) {
            return new JwtLogin(endpoint(jwt.loginUrl(), jwt), assertion(jwt), vertx);
        }
        if (login instanceof Login.Soap soap) {
            return soap(soap);
        }
        if (login instanceof Login.Cli cli) {
            return new CliLogin(new SfCommand(cli.command(), limit), cli.alias(), cli.instanceUrl(), vertx);
        }
        if (login instanceof Login.Supplied supplied) {
            return new SuppliedToken(
                    () -> at(supplied.instanceUrl(), supplied.source().token()), vertx, limit);
        }
        var issued = (Login.Issued) login;
        return new FixedToken(new Token(issued.accessToken().value(), issued.instanceUrl()));
    }

    private TokenEndpoint endpoint(String loginUrl, Login login) {
        return new TokenEndpoint(transport, loginUrl, login.instanceUrl());
    }

    private static JwtAssertion assertion(Login.Jwt jwt) {
        return new JwtAssertion(jwt.clientId(), jwt.userName(), jwt.audience(), jwt.key(), InstantSource.system());
    }

    private SoapLogin soap(Login.Soap soap) {
        var envelope = new SoapEnvelope(
                soap.userName(), soap.password().value(), Secret.reveal(soap.securityToken()), soap.organizationId());
        return new SoapLogin(transport, soap.loginUrl(), soap.version(), envelope, soap.instanceUrl());
    }

    private static Token at(@Nullable String instanceUrl, Token token) {
        return token == null || instanceUrl == null ? token : new Token(token.accessToken(), instanceUrl);
    }

    /** Passes logins to the user's listener, off the event loop; null without a listener. */
    GrantListener listener(@Nullable SfToolkitTokenListener listener) {
        if (listener == null) {
            return GrantListener.NONE;
        }
        return grant -> {
            var login = new SfToolkitLogin(
                    grant.token().accessToken(),
                    grant.token().instanceUrl(),
                    grant.refreshToken(),
                    grant.identityUrl());
            Future<Void> heard = vertx.executeBlocking(
                    () -> {
                        listener.loggedIn(login);
                        return null;
                    },
                    false);
            return heard;
        };
    }
}
