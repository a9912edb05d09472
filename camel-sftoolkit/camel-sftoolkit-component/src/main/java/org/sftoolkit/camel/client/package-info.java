/** Shared by all features: JSON of the org, resource paths, descriptions of objects and their cache, the org's clock. */
@NullMarked
package org.sftoolkit.camel.client;

import org.jspecify.annotations.NullMarked;
