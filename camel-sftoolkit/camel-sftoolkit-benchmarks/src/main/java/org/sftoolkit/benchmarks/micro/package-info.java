/** Micro benchmarks of the hot paths, by JMH: without sockets, so that they tell what of a scenario's cost is ours. */
package org.sftoolkit.benchmarks.micro;
