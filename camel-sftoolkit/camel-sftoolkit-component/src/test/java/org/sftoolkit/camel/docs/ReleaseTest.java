package org.sftoolkit.camel.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** What Maven Central asks of a release, and what a release promises its users. */
class ReleaseTest {

    private static final Path ROOT = Checkout.root();
    private static final Path BOM = ROOT.resolve("camel-sftoolkit/camel-sftoolkit-bom/pom.xml");

    private final List<Path> poms = Checkout.files("pom.xml").stream()
            .filter(pom -> pom.endsWith("pom.xml") && !pom.toString().contains("src"))
            .toList();

    @Test
    void theBomListsEveryPublishedJarAndNothingElse() {
        List<String> published = poms.stream()
                .filter(pom -> List.of("", "jar").contains(value(pom, "/project/packaging")))
                .filter(Predicate.not(ReleaseTest::stays))
                .map(pom -> value(pom, "/project/artifactId"))
                .toList();
        assertThat(published).contains("camel-sftoolkit", "camel-sftoolkit-emulator");
        assertThat(values(BOM, "/project/dependencyManagement/dependencies/dependency/artifactId"))
                .containsExactlyInAnyOrderElementsOf(published);
        assertThat(values(BOM, "/project/dependencyManagement/dependencies/dependency/version"))
                .containsOnly("${project.version}");
    }

    @Test
    void everyModuleHasANameAndADescription() {
        assertThat(poms).hasSizeGreaterThan(6).allSatisfy(pom -> {
            assertThat(value(pom, "/project/name")).startsWith("Camel SF Toolkit");
            assertThat(value(pom, "/project/description")).hasSizeGreaterThan(20);
        });
    }

    @Test
    void everyModuleHasAModuleNameOfItsOwn() {
        List<String> names = poms.stream()
                .filter(pom -> !value(pom, "/project/packaging").equals("pom"))
                .map(pom -> value(pom, "/project/properties/module.name"))
                .toList();
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.startsWith("org.sftoolkit."));
    }

    @Test
    void theParentSaysWhoWhereAndUnderWhichLicence() {
        Path parent = ROOT.resolve("pom.xml");
        for (String wanted : List.of(
                "url",
                "licenses/license/name",
                "licenses/license/url",
                "developers/developer/name",
                "scm/connection",
                "scm/developerConnection",
                "scm/url",
                "issueManagement/url")) {
            assertThat(value(parent, "/project/" + wanted)).as(wanted).isNotBlank();
        }
    }

    @Test
    void theProfileReleaseAddsSourcesJavadocBillOfMaterialsAndSignatures() {
        Path parent = ROOT.resolve("pom.xml");
        String release = "/project/profiles/profile[id='release']/build/plugins/plugin";
        assertThat(values(parent, release + "/artifactId"))
                .contains(
                        "maven-source-plugin",
                        "maven-javadoc-plugin",
                        "cyclonedx-maven-plugin",
                        "maven-gpg-plugin",
                        "central-publishing-maven-plugin");
        assertThat(values(parent, release + "/configuration/excludeArtifacts/excludeArtifact"))
                .containsExactlyInAnyOrderElementsOf(poms.stream()
                        .filter(ReleaseTest::stays)
                        .map(pom -> value(pom, "/project/artifactId"))
                        .toList());
    }

    /** The plugin that makes the bill of materials asks maven-deploy-plugin, which Maven Central's own plugin switches off. */
    @Test
    void aBillOfMaterialsIsMadeAlthoughAnotherPluginDeploys() {
        String release = "/project/profiles/profile[id='release']/build/plugins/plugin";
        assertThat(values(
                        ROOT.resolve("pom.xml"),
                        release + "[artifactId='cyclonedx-maven-plugin']/configuration/skipNotDeployed"))
                .containsExactly("false");
    }

    @Test
    void theNextReleaseIsComparedWithThisOne() {
        String plugin = "/project/profiles/profile[id='japicmp']/build/plugins/plugin/configuration";
        Path parent = ROOT.resolve("pom.xml");
        assertThat(value(parent, plugin + "/parameter/breakBuildOnBinaryIncompatibleModifications"))
                .isEqualTo("true");
        assertThat(values(parent, plugin + "/parameter/includes/include"))
                .contains("org.sftoolkit.camel.model", "org.sftoolkit.camel.error", "org.sftoolkit.emulator");
    }

    @Test
    void pagesForContributorsExist() {
        for (String page : List.of(
                "LICENSE",
                "CONTRIBUTING.md",
                "SECURITY.md",
                "CHANGELOG.md",
                ".github/ISSUE_TEMPLATE/fault.yml",
                ".github/ISSUE_TEMPLATE/wish.yml",
                ".github/ISSUE_TEMPLATE/config.yml")) {
            assertThat(ROOT.resolve(page)).isNotEmptyFile();
        }
    }

    private static boolean stays(Path pom) {
        return value(pom, "/project/properties/maven.deploy.skip").equals("true");
    }

    private static String value(Path pom, String path) {
        List<String> values = values(pom, path);
        return values.isEmpty() ? "" : values.get(0);
    }

    private static List<String> values(Path pom, String path) {
        try {
            Document document = DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new File(pom.toUri()));
            XPath paths = XPathFactory.newDefaultInstance().newXPath();
            var found = (NodeList) paths.evaluate(path, document, XPathConstants.NODESET);
            return IntStream.range(0, found.getLength())
                    .mapToObj(i -> found.item(i).getTextContent().strip())
                    .toList();
        } catch (Exception e) {
            throw new AssertionError(pom + ": " + path, e);
        }
    }
}
