package org.sftoolkit.camel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** What an application gets with an artifact, as its POM declares it and the page on dependencies tells it. */
class DependenciesTest {

    private static final List<String> WIRE = List.of("vertx-grpc-client", "protobuf-java", "avro");

    @Test
    void whoUsesNoEventsShipsNothingOfThem() throws Exception {
        assertThat(shipped("component"))
                .containsExactlyInAnyOrder(
                        "camel-support",
                        "camel-health",
                        "vertx-web-client",
                        "jackson-databind",
                        "jackson-datatype-jsr310",
                        "jackson-dataformat-csv",
                        "slf4j-api")
                .doesNotContainAnyElementsOf(WIRE);
    }

    @Test
    void theWireOfEventsIsAnArtifactOfItsOwn() throws Exception {
        List<String> wire = new ArrayList<>(WIRE);
        wire.add("camel-sftoolkit");
        assertThat(shipped("events")).containsExactlyInAnyOrderElementsOf(wire);
    }

    /** Dependencies of a module that are neither optional nor for tests only. */
    private static List<String> shipped(String module) throws Exception {
        String pom = Checkout.read(Checkout.root()
                .resolve("camel-sftoolkit/camel-sftoolkit-" + module)
                .resolve("pom.xml"));
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(pom.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        return children(children(project, "dependencies").get(0), "dependency").stream()
                .filter(dependency -> !List.of("test", "provided").contains(text(dependency, "scope")))
                .filter(dependency -> !text(dependency, "optional").equals("true"))
                .map(dependency -> text(dependency, "artifactId"))
                .toList();
    }

    private static String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
    }

    private static List<Element> children(Element parent, String name) {
        var found = new ArrayList<Element>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
