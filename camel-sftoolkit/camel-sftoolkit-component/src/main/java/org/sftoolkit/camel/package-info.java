/** The entry points for Camel: component, endpoint, producer, consumer, and reading and writing of messages. */
package org.sftoolkit.camel;
