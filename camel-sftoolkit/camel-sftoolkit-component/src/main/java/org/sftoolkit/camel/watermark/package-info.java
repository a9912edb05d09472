/** Where positions of consumers are kept in files. */
package org.sftoolkit.camel.watermark;
