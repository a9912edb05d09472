/** SOQL and SOSL: statements, pages, rows that are read as they arrive. */
@NullMarked
package org.sftoolkit.camel.query;

import org.jspecify.annotations.NullMarked;
