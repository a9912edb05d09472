/** What every operation has in common: its contract, context, options, outcome and progress. */
package org.sftoolkit.camel.operation;
