/** Runs the scenarios, clients interleaved, and writes what came out. */
package org.sftoolkit.benchmarks.run;
