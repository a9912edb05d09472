/**
 * Requests, answers, and the chain of filters between an API client and the wire: retries, permits, limits, tokens, typed errors; and
 * the wire itself, with its time-outs.
 */
@NullMarked
package org.sftoolkit.camel.transport;

import org.jspecify.annotations.NullMarked;
