/** SOQL and SOSL text: statements built from options, {@code :name} replaced by safe literals, long lists split. */
@NullMarked
package org.sftoolkit.camel.soql;

import org.jspecify.annotations.NullMarked;
