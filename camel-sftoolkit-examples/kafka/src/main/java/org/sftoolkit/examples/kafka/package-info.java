/** A topic of Kafka between two orgs, so that several nodes share the writing. */
package org.sftoolkit.examples.kafka;
