/** Logins of all kinds, and the one session (the token) that all calls of a connection share. */
package org.sftoolkit.camel.auth;
