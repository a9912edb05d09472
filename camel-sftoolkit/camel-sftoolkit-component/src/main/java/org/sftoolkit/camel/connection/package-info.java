/** One live connection for each login: settings that were checked, the chain of filters, status, running jobs, meters. */
package org.sftoolkit.camel.connection;
