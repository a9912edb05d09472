/** The wire of Salesforce's Pub/Sub API: gRPC and Avro. */
package org.sftoolkit.camel.events.wire;
