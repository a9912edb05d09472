/** SOQL and SOSL: statements, pages, rows that are read as they arrive. */
package org.sftoolkit.camel.query;
