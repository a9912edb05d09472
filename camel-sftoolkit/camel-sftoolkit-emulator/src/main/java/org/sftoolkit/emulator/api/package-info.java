/** The REST resources of the embedded org: each handler turns a call into an answer, by way of the org's store. */
package org.sftoolkit.emulator.api;
