package org.sftoolkit.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sftoolkit.camel.builder.StaticEndpointBuilders.sftoolkit;

import java.util.List;
import java.util.Map;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.junit.jupiter.api.Test;
import org.sftoolkit.camel.operation.SaveMode;

class EndpointDslIT extends RouteTestSupport {

    @Test
    void routesInJavaNameOptionsByMethods() throws Exception {
        context.addRoutes(new EndpointRouteBuilder() {
            @Override
            public void configure() {
                from(direct("accounts"))
                        .to(sftoolkit("save:Account")
                                .externalIdField("External_ID__c")
                                .mode(SaveMode.UPSERT)
                                .concurrency("adaptive"))
                        .to(sftoolkit("query:Account").fields("Id,Name").orderBy("Name"));
            }
        });
        var exchange = send("direct:accounts", List.of(Map.of("External_ID__c", "ACME", "Name", "Acme")));
        assertThat(exchange.getException()).isNull();
        assertThat((List<?>) exchange.getMessage().getBody()).extracting("Name").containsExactly("Acme");
    }
}
