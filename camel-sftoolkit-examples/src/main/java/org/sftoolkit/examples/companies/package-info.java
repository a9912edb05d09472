/** The companies example: what its YAML routes need of Java. */
package org.sftoolkit.examples.companies;
