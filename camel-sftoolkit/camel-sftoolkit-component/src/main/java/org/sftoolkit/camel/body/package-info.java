/** Bodies of messages: Camel's converters to records, and bodies that can be read only once. */
@NullMarked
package org.sftoolkit.camel.body;

import org.jspecify.annotations.NullMarked;
