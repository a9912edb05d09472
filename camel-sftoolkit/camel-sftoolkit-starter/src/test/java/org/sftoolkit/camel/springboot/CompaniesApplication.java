package org.sftoolkit.camel.springboot;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application without code: routes and properties do it all. */
@SpringBootApplication
class CompaniesApplication {}
