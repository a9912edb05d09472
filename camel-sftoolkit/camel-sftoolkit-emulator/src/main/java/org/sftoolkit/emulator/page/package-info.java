/** The page for people at {@code /}: what the org holds and what happens to it, rendered here, brought up to date by htmx. */
package org.sftoolkit.emulator.page;
