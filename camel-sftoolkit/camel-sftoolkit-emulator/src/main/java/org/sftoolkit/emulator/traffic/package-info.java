/** What came over the wire: requests as they are logged, counted and picked out by their resource. */
package org.sftoolkit.emulator.traffic;
