import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;

public class WrongMore extends RouteBuilder {
    @Override
    public void configure() {
        onException(Exception.class).to("sftoolkit:save:Account?mod=UPSERT"); // did you mean mode
        from("direct:a")
                .wireTap("sftoolkit:save:Account?mode=MERGE") // UPSERT
                .toD("sftoolkit:save:${header.o}?batchSze=5") // batchSize
                .enrich("sftoolkit:fetch:Account?feilds=Id") // did you mean fields
                .pollEnrich("sftoolkit:save:Account") // 'from'
                .toF("sftoolkit:save:%s?mode=UPSERTS", "Account") // UPSERT
                .recipientList(constant("sftoolkit:upsert:Account")) // unknown operation
                .setHeader("CamelSfToolkitIds", constant("x")) // did you mean CamelSfToolkitId
                .to("sftoolkit:query:Account?fields=Nmae"); // Nmae
        fromF("sftoolkit:reload:%s", "Account").to("direct:x"); // 'from'
    }

    void send(ProducerTemplate template) {
        template.sendBody("sftoolkit:saev:Account", "x"); // did you mean save
    }
}
