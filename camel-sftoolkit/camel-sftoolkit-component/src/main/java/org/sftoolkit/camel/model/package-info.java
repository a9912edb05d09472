/** Records as routes see them and how they are written: values, JSON, rows of CSV; and the results of operations. */
package org.sftoolkit.camel.model;
