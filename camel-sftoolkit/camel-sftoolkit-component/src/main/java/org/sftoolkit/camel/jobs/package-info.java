/** Bulk jobs in a store that outlives the process: which loads are under way, whose they are, and what was delivered. */
@NullMarked
package org.sftoolkit.camel.jobs;

import org.jspecify.annotations.NullMarked;
