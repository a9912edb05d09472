/** The measured side: one process does one scenario with one client and prints one line of JSON. */
package org.sftoolkit.benchmarks.client;
