/** The example bulk-load: what its routes need of Java. */
package org.sftoolkit.examples.bulk;
