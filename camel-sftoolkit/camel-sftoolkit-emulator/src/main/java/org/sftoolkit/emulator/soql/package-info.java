/** The query languages of the embedded org: SOQL from statement text to pages of records, and its cursors. */
package org.sftoolkit.emulator.soql;
