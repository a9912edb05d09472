/** Composite requests, describes, limits, and any other REST resource. */
package org.sftoolkit.camel.rest;
