/** The other side: a stub that answers as fast as it can, in a process of its own. */
package org.sftoolkit.benchmarks.stub;
