/** The one family of exceptions in which every failure reaches a route. */
@NullMarked
package org.sftoolkit.camel.error;

import org.jspecify.annotations.NullMarked;
