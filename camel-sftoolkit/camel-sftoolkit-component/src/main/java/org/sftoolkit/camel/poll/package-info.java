/** Polling: what is read next, what was delivered, and the position behind what is done, which is stored. */
@NullMarked
package org.sftoolkit.camel.poll;

import org.jspecify.annotations.NullMarked;
