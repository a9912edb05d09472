/** Option beans and the enums of their values: each option is declared once, and beans have no behaviour. */
package org.sftoolkit.camel.config;
