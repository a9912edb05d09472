/** Fetch, save, delete and reload records: the operations, batches and retries of a save, and the resources they call. */
@NullMarked
package org.sftoolkit.camel.records;

import org.jspecify.annotations.NullMarked;
