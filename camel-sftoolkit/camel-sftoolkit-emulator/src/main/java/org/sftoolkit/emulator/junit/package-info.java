/** The emulator in JUnit 5 tests; needs {@code junit-jupiter-api}, which tests have. */
package org.sftoolkit.emulator.junit;
