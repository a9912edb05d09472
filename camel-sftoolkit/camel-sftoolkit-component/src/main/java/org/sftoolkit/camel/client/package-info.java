/** One thin class per family of Salesforce's API: builds the request, reads the answer, holds no policy. */
package org.sftoolkit.camel.client;
