/** The verbs: what one exchange does, from its input to its outcome. */
package org.sftoolkit.camel.operation;
