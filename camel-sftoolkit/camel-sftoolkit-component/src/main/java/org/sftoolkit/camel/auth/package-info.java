/** Logins, and the one session that all calls of a connection share. */
package org.sftoolkit.camel.auth;
