/** Bulk API 2.0: jobs, their states, their processing in the background, and their files. */
package org.sftoolkit.emulator.bulk;
