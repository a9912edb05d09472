/** Goals that check the endpoints of a project before it runs. */
package org.sftoolkit.camel.maven;
