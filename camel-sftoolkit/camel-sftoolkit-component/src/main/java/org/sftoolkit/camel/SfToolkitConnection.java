package org.sftoolkit.camel;

import org.apache.camel.spi.Configurer;
import org.sftoolkit.camel.config.ConnectionConfiguration;

/**
 * An org and its login as a bean. Endpoints refer to it with {@code connection=name}, so one CamelContext can use
 * several orgs.
 *
 * <pre>{@code
 * camel.beans.europe = #class:org.sftoolkit.camel.SfToolkitConnection
 * camel.beans.europe.loginUrl = https://acme-eu.my.salesforce.com
 * camel.beans.europe.clientId = {{europe.clientId}}
 * }</pre>
 *
 * Configure it before the first endpoint that refers to it is created.
 */
@Configurer
public class SfToolkitConnection extends ConnectionConfiguration {

    /** Without secrets. */
    @Override
    public String toString() {
        return "connection to " + (getInstanceUrl() != null ? getInstanceUrl() : getLoginUrl());
    }
}
