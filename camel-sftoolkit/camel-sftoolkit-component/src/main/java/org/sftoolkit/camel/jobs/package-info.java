/** Bulk jobs in a store that outlives the process: which loads are under way, whose they are, and what was delivered. */
package org.sftoolkit.camel.jobs;
