/** The example database-to-salesforce: what its routes need of Java. */
package org.sftoolkit.examples.database;
