package org.sftoolkit.camel;

/** How a connection logs in. */
public enum AuthType {
    /** By the options that are set. */
    AUTO,
    /** OAuth client credentials, at the org's My Domain. */
    CLIENT_CREDENTIALS,
    /** OAuth username and password (retired by Salesforce in 2027). */
    PASSWORD,
    /** An access token issued elsewhere. */
    TOKEN
}
