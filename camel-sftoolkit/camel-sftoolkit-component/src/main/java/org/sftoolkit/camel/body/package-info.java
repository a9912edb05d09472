/** Bodies of messages: what may be read of them, and how often. */
package org.sftoolkit.camel.body;
