/** Where positions of consumers are kept: in files and in databases. */
@NullMarked
package org.sftoolkit.camel.watermark;

import org.jspecify.annotations.NullMarked;
