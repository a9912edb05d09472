/** Fetch, save, delete and reload records: the operations, how a save is planned, and the resources they call. */
package org.sftoolkit.camel.records;
