/** The event bus of the org: what is published and committed, kept for a while, by channel. */
package org.sftoolkit.emulator.events;
