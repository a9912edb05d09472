/** Logins of all kinds, and the one session (the token) that all calls of a connection share. */
@NullMarked
package org.sftoolkit.camel.auth;

import org.jspecify.annotations.NullMarked;
