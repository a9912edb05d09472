/** The example two-way-sync: what its routes need of Java. */
package org.sftoolkit.examples.sync;
