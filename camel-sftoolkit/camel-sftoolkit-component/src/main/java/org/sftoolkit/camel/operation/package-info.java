/** What every operation has in common: its contract, context, options, outcome and progress. */
@NullMarked
package org.sftoolkit.camel.operation;

import org.jspecify.annotations.NullMarked;
