/** The Pub/Sub API: the gRPC service through which clients read the event bus and publish to it. */
package org.sftoolkit.emulator.pubsub;
