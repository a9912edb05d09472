/** Bodies of messages: Camel's converters to records, and bodies that can be read only once. */
package org.sftoolkit.camel.body;
