/** What the component tells a metrics system; Micrometer's classes are loaded only where a registry of its is found. */
package org.sftoolkit.camel.metrics;
