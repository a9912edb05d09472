/** The database of the example replica. */
package org.sftoolkit.examples.replica;
