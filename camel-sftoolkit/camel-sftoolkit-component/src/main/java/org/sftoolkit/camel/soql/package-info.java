/** SOQL text: values written so that they stay values. */
package org.sftoolkit.camel.soql;
