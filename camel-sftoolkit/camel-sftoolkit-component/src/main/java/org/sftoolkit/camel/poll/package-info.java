/** Where a polling consumer stands, what it reads next, and how far its exchanges have come. */
package org.sftoolkit.camel.poll;
