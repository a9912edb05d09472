import org.apache.camel.builder.RouteBuilder;

public class More extends RouteBuilder {
    private static final String NOTE = "sftoolkit: a note";

    @Override
    public void configure() {
        interceptSendToEndpoint("sftoolkit:*").log("x");
        from("sftoolkit:query:Account?fields=Id&delay={{delay}}")
                .routeId("sftoolkit:x")
                .log("sftoolkit:saev is no endpoint ${header.CamelSfToolkitId}")
                .setBody(constant("sftoolkit: x"))
                .toD("sftoolkit:save:${header.o}?mode=${header.m}")
                .toF("sftoolkit:save:%s?mode=%s&batchSize=%d", "Account", "INSERT", 5)
                .removeHeaders("CamelSfToolkit*")
                .to("sftoolkit:query?soql=" + NOTE);
    }
}
