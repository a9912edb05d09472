/** The one family of exceptions in which every failure reaches a route. */
package org.sftoolkit.camel.error;
