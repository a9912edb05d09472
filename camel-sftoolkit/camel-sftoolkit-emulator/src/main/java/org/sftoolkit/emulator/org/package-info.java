/** The state of the embedded Salesforce org: its schema, its rows, and the one door through which both are reached. */
package org.sftoolkit.emulator.org;
