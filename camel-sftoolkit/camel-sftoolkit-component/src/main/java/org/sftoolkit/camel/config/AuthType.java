package org.sftoolkit.camel.config;

/** How a connection logs in. */
public enum AuthType {
    /** By the options that are set. */
    AUTO,
    /** OAuth client credentials, at the org's My Domain. */
    CLIENT_CREDENTIALS,
    /** OAuth JWT bearer: a private key in place of a password. */
    JWT,
    /** OAuth refresh token. */
    REFRESH_TOKEN,
    /** OAuth username and password (retired by Salesforce in 2027). */
    PASSWORD,
    /** Username and password by the partner SOAP API (retired by Salesforce in 2027). */
    SOAP,
    /** As the Salesforce CLI of this machine is logged in. */
    CLI,
    /** An access token issued elsewhere, or a bean that gives tokens. */
    TOKEN
}
