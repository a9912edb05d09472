package org.sftoolkit.camel;

import org.apache.camel.spi.Configurer;
import org.sftoolkit.camel.config.ConnectionConfiguration;

/**
 * An org and how to connect to it, as a bean: endpoints name it by {@code connection=name}, so that one CamelContext talks to
 * several orgs.
 *
 * <pre>{@code
 * camel.beans.europe = #class:org.sftoolkit.camel.SfToolkitConnection
 * camel.beans.europe.loginUrl = https://acme-eu.my.salesforce.com
 * camel.beans.europe.clientId = {{europe.clientId}}
 * }</pre>
 *
 * To be set up before the first endpoint that names it is created.
 */
@Configurer
public class SfToolkitConnection extends ConnectionConfiguration {

    /** Without secrets. */
    @Override
    public String toString() {
        return "connection to " + (getInstanceUrl() != null ? getInstanceUrl() : getLoginUrl());
    }
}
