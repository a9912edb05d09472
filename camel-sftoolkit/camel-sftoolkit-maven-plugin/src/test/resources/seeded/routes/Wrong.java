import org.apache.camel.builder.RouteBuilder;

public class Wrong extends RouteBuilder {

    private static final String TARGET = "sftoolkit:save:Account";

    @Override
    public void configure() {
        from("sftoolkit:reload:Account").to("direct:x"); // 'from'
        from("direct:a")
                .to("sftoolkit:save:Account?mode=UPSERT") // externalIdField
                .to(TARGET + "?bachSize=10") // batchSize
                .to("sftoolkit:save:Account?mode={{mode}}&concurrency={{how.many}}");
    }
}
