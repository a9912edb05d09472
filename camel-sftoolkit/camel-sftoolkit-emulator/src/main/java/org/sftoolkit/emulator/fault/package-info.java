/** Failures on demand: what can go wrong between a client and Salesforce, as data. */
package org.sftoolkit.emulator.fault;
