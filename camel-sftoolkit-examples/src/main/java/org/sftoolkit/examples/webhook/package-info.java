/** The example webhook-to-upsert: what its routes need of Java. */
package org.sftoolkit.examples.webhook;
