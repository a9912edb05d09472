import org.apache.camel.builder.RouteBuilder;

public class Old extends RouteBuilder {
    @Override
    public void configure() {
        from("direct:a").to("salesforce:query?sObjectQuery=SELECT Id FROM Account");
    }
}
