/** Composite requests, describes, limits, and any other REST resource. */
@NullMarked
package org.sftoolkit.camel.rest;

import org.jspecify.annotations.NullMarked;
