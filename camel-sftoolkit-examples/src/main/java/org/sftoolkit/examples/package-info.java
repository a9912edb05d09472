/** Runs the examples: routes in YAML, each in a folder of its own below the class path's root. */
package org.sftoolkit.examples;
