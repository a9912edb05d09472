/** Event subscriptions and publishing: positions, records of events, and the door to a wire that is a module of its own. */
@NullMarked
package org.sftoolkit.camel.events;

import org.jspecify.annotations.NullMarked;
