/** The component in Spring Boot. */
package org.sftoolkit.camel.springboot;
