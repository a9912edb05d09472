/** Event subscriptions and publishing: positions, records of events, and the door to a wire that is a module of its own. */
package org.sftoolkit.camel.events;
