/** What all features need of an org: JSON, resource paths, descriptions of objects, the org's clock. */
package org.sftoolkit.camel.client;
