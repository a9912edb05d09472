/** Option beans and the enums of their values: each option is declared once, and beans have no behaviour. */
@NullMarked
package org.sftoolkit.camel.config;

import org.jspecify.annotations.NullMarked;
