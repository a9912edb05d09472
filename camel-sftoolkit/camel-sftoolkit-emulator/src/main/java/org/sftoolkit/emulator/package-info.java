/** An embedded Salesforce org: start it, fill it, point a client at it, look into it. */
package org.sftoolkit.emulator;
