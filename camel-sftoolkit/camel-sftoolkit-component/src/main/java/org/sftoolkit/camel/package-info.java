/**
 * The entry points for Camel: component, endpoint, producer, consumers. They check options, read and write messages, tell progress, and
 * show health and state (health check, dev console, JMX).
 */
@NullMarked
package org.sftoolkit.camel;

import org.jspecify.annotations.NullMarked;
