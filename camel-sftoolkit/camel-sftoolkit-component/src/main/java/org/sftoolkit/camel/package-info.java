/** The Camel layer of the component: URIs, options, exchanges; the only package that knows Camel. */
package org.sftoolkit.camel;
