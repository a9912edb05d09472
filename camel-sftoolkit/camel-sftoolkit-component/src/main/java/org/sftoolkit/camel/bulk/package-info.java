/** Bulk API 2.0: jobs that load records and jobs that query them, with CSV both ways. */
@NullMarked
package org.sftoolkit.camel.bulk;

import org.jspecify.annotations.NullMarked;
