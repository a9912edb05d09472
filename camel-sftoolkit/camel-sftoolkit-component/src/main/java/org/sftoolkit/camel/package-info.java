/** The doors that Camel knows: component, endpoint, producer, consumer, and how messages are read and written. */
package org.sftoolkit.camel;
