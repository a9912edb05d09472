/** Polling: what is read next, what was delivered, and the position behind what is done, which is stored. */
package org.sftoolkit.camel.poll;
