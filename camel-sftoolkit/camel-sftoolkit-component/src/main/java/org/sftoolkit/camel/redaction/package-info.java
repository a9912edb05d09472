/** Clears texts from outside of secrets before they reach an exception, a log, a header or a console. */
@NullMarked
package org.sftoolkit.camel.redaction;

import org.jspecify.annotations.NullMarked;
