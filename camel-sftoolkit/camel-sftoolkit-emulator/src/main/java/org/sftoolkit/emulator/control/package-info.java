/** The resources under {@code /__emulator}: all that Java code can do with an emulator, over HTTP. */
package org.sftoolkit.emulator.control;
