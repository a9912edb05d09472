/** Records as routes see them, and what became of them. */
package org.sftoolkit.camel.model;
