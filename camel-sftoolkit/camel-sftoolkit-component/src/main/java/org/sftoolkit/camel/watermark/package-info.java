/** Where positions of consumers are kept in files. */
@NullMarked
package org.sftoolkit.camel.watermark;

import org.jspecify.annotations.NullMarked;
