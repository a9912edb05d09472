/** Requests, answers, and the chain of filters between an API client and the wire. */
package org.sftoolkit.camel.transport;
