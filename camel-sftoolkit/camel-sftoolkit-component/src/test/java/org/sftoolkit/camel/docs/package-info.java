/** Holds the documentation to the code: reference, coverage, YAML, links. */
package org.sftoolkit.camel.docs;
