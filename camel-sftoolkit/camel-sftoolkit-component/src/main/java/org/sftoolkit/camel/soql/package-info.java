/** SOQL and SOSL text: statements built from options, {@code :name} replaced by safe literals, long lists split. */
package org.sftoolkit.camel.soql;
