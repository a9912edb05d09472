package org.sftoolkit.camel;

import java.net.URI;
import java.util.Collection;

/** Names connections for people: by the host of the org or of its login, with a number where that is taken. */
final class ConnectionName {

    private ConnectionName() {}

    /** A name that is not among those taken. */
    static String of(Login login, Collection<String> taken) {
        String host = host(login);
        String name = host;
        for (int number = 2; taken.contains(name); number++) {
            name = host + '#' + number;
        }
        return name;
    }

    private static String host(Login login) {
        if (login instanceof Login.Cli cli && cli.instanceUrl() == null) {
            return cli.alias() == null ? "default org of the CLI" : cli.alias();
        }
        String url = login.instanceUrl() != null ? login.instanceUrl() : login.loginUrl();
        return url == null ? "org of the tokenSource" : URI.create(url).getAuthority();
    }
}
