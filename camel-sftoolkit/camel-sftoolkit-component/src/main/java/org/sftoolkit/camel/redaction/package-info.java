/** Clears texts from outside of secrets before they reach an exception, a log, a header or a console. */
package org.sftoolkit.camel.redaction;
