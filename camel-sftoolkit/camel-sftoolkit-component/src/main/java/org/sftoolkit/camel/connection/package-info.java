/** One live connection for each login: settings that were checked, the chain of filters, status, running jobs, meters. */
@NullMarked
package org.sftoolkit.camel.connection;

import org.jspecify.annotations.NullMarked;
