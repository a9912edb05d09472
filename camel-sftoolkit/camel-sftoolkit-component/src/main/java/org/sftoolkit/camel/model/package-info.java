/** Records as routes see them and how they are written: values, JSON, rows of CSV; and the results of operations. */
@NullMarked
package org.sftoolkit.camel.model;

import org.jspecify.annotations.NullMarked;
