/** Shared by all features: JSON, resource paths, descriptions of objects, the org's clock. */
package org.sftoolkit.camel.client;
