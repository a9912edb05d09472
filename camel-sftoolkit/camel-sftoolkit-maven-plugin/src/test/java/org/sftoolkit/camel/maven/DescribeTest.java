package org.sftoolkit.camel.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.tools.ToolProvider;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sftoolkit.camel.SfToolkitComponent;
import org.sftoolkit.camel.maven.DescribeMojo.Format;
import org.sftoolkit.emulator.CustomField;
import org.sftoolkit.emulator.CustomObject;
import org.sftoolkit.emulator.SalesforceEmulator;

/** What the goal describe writes of the embedded org's objects, and what the component does with it. */
class DescribeTest {

    private static final String PACKAGE = "com.acme.salesforce";
    private static final List<String> OBJECTS = List.of("Invoice__c", "Account", "Contact", "Case");

    private static SalesforceEmulator org;
    private static List<JsonNode> described;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws IOException {
        org = SalesforceEmulator.builder()
                .object(CustomObject.named("Invoice__c", "a0I")
                        .with(
                                CustomField.text("Number__c", 30).externalId(),
                                CustomField.currency("Amount__c", 16, 2),
                                CustomField.date("Due__c"),
                                CustomField.text("Class__c", 20),
                                CustomField.text("Name__c", 20),
                                CustomField.lookup("Account__c", "Account")))
                .start();
        described = OrgDescriptions.of(
                Map.of(
                        "login-url", org.url(),
                        "clientId", "emulator-client",
                        "clientSecret", "emulator-secret",
                        "watermarkStore", "#store"),
                OBJECTS);
    }

    @AfterAll
    static void stop() {
        org.close();
    }

    @Test
    void aBeanIsSavedAndReadByTheComponent() throws Exception {
        try (URLClassLoader classes = compiled(Format.BEANS);
                CamelContext context = context(classes);
                ProducerTemplate template = context.createProducerTemplate()) {
            Class<?> type = classes.loadClass(PACKAGE + ".Invoice");
            Object invoice = type.getConstructor().newInstance();
            set(invoice, "Number", String.class, "B1");
            set(invoice, "Amount", BigDecimal.class, new BigDecimal("12.50"));
            set(invoice, "Due", LocalDate.class, LocalDate.of(2026, 12, 1));
            set(invoice, "ClassField", String.class, "gold");
            set(invoice, "Name2", String.class, "custom");
            set(invoice, "CreatedDate", OffsetDateTime.class, OffsetDateTime.now()); // read-only: not sent
            template.sendBody("sftoolkit:save:Invoice__c?externalIdField=Number__c", invoice);
            assertThat(get(invoice, "Id")).asString().startsWith("a0I");

            Object read = template.requestBody(
                    "sftoolkit:fetch:Invoice__c?externalIdField=Number__c&type=" + type.getName(), "B1");
            assertThat(read).isInstanceOf(type);
            assertThat((BigDecimal) get(read, "Amount")).isEqualByComparingTo("12.50");
            assertThat(get(read, "Due")).isEqualTo(LocalDate.of(2026, 12, 1));
            assertThat(get(read, "ClassField")).isEqualTo("gold");
            assertThat(get(read, "Name2")).isEqualTo("custom");
            assertThat(get(read, "CreatedDate")).isInstanceOf(OffsetDateTime.class);
            set(read, "Amount", BigDecimal.class, new BigDecimal("13.00"));
            template.sendBody("sftoolkit:save:Invoice__c?mode=UPDATE", read);
            assertThat(org.org().all("Invoice__c"))
                    .filteredOn(row -> "B1".equals(row.get("Number__c")))
                    .singleElement()
                    .satisfies(row -> assertThat(row.get("Amount__c")).hasToString("13.00"));
        }
    }

    @Test
    void aRecordIsReadByAQueryAndSaved() throws Exception {
        org.org().insert("Account", Map.of("Name", "Record Ltd", "NumberOfEmployees", 12));
        try (URLClassLoader classes = compiled(Format.RECORDS);
                CamelContext context = context(classes);
                ProducerTemplate template = context.createProducerTemplate()) {
            Class<?> type = classes.loadClass(PACKAGE + ".Account");
            List<?> read = template.requestBody(
                    "sftoolkit:query:Account?fields=Id,Name,NumberOfEmployees,CreatedDate,BillingAddress&where=Name ="
                            + " 'Record Ltd'&type="
                            + type.getName(),
                    null,
                    List.class);
            assertThat(read).singleElement().isInstanceOf(type);
            assertThat(type.getMethod("numberOfEmployees").invoke(read.get(0))).isEqualTo(12);
            template.sendBody("sftoolkit:save:Account?mode=UPDATE", read.get(0));
        }
    }

    @Test
    void aSchemaTakesARecordAndRefusesWhatTheOrgWouldRefuse() throws Exception {
        DescribeMojo.write(described, Format.JSON_SCHEMA, PACKAGE, folder);
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(Files.readString(folder.resolve("Contact.schema.json")));
        assertThat(faults(schema, "{'LastName':'Ripley','Email':null,'Account':{'External_ID__c':'A'}}"))
                .isEmpty();
        assertThat(faults(schema, "{'Email':'a@b.c'}"))
                .singleElement()
                .asString()
                .contains("LastName");
        assertThat(faults(schema, "{'LastName':'Ripley','Emial':'a@b.c'}"))
                .singleElement()
                .asString()
                .contains("Emial");
        assertThat(faults(schema, "{'LastName':7}")).hasSize(1);
        assertThat(faults(schema, "{'LastName':'" + "x".repeat(81) + "'}")).hasSize(1);
    }

    @Test
    void describeFilesOfAnOrgAreThoseThatChecksRead() throws Exception {
        DescribeMojo.write(described, Format.DESCRIBE, PACKAGE, folder);
        DescribedObjects read = DescribedObjects.read(folder);
        assertThat(read.names()).containsExactlyInAnyOrderElementsOf(OBJECTS);
        assertThat(read.fault("Invoice__c", "Number__c")).isNull();
        assertThat(read.fault("Invoice__c", "Numbr__c")).contains("did you mean Number__c");
        SalesforceEmulator.builder()
                .schema(folder.resolve("Invoice__c.json"))
                .start()
                .close();
    }

    /** Tests have more libraries than the plugin; Maven gives it these and no others. */
    @Test
    void theOrgIsAskedWithNothingButThePluginsOwnLibraries() throws Exception {
        var urls = new ArrayList<URL>(List.of(Path.of("target/classes").toUri().toURL()));
        for (String path : Files.readString(Path.of("target/own.classpath")).split(File.pathSeparator)) {
            assertThat(path).doesNotContain("junit");
            urls.add(Path.of(path.strip()).toUri().toURL());
        }
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try (var own = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Thread.currentThread().setContextClassLoader(own);
            Method of =
                    own.loadClass(OrgDescriptions.class.getName()).getDeclaredMethod("of", Map.class, Collection.class);
            of.setAccessible(true);
            Map<String, String> login =
                    Map.of("loginUrl", org.url(), "clientId", "emulator-client", "clientSecret", "emulator-secret");
            assertThat(of.invoke(null, login, List.of("Account")).toString()).contains("\"name\":\"Account\"");
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void anUnknownObjectIsNamed() {
        Map<String, String> login =
                Map.of("loginUrl", org.url(), "clientId", "emulator-client", "clientSecret", "emulator-secret");
        assertThatThrownBy(() -> OrgDescriptions.of(login, List.of("Nope__c")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Nope__c");
    }

    @Test
    void aNameThatJavaHasNoPlaceForIsRefused() {
        assertThatThrownBy(() -> DescribeMojo.write(described, Format.BEANS, "com.acme.1st", folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'com.acme.1st' is no name of a Java package");
    }

    private static List<String> faults(JsonSchema schema, String json) throws IOException {
        return schema.validate(new ObjectMapper().readTree(json.replace('\'', '"'))).stream()
                .map(Object::toString)
                .toList();
    }

    private URLClassLoader compiled(Format format) throws IOException {
        List<Path> sources = DescribeMojo.write(described, format, PACKAGE, folder);
        assertThat(sources).hasSameSizeAs(OBJECTS);
        var arguments = new ArrayList<>(List.of(
                "-d",
                folder.resolve("classes").toString(),
                "-Xlint:all,-processing,-path,-classfile",
                "-Werror",
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path")));
        sources.forEach(source -> arguments.add(source.toString()));
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        return new URLClassLoader(
                new URL[] {folder.resolve("classes").toUri().toURL()},
                getClass().getClassLoader());
    }

    private static CamelContext context(ClassLoader classes) {
        var context = new DefaultCamelContext();
        context.disableJMX();
        context.getClassResolver().addClassLoader(classes);
        var component = new SfToolkitComponent();
        component.getConfiguration().setLoginUrl(org.url());
        component.getConfiguration().setClientId("emulator-client");
        component.getConfiguration().setClientSecret("emulator-secret");
        context.addComponent("sftoolkit", component);
        context.start();
        return context;
    }

    private static void set(Object bean, String name, Class<?> type, Object value) throws Exception {
        bean.getClass().getMethod("set" + name, type).invoke(bean, value);
    }

    private static Object get(Object bean, String name) throws Exception {
        return bean.getClass().getMethod("get" + name).invoke(bean);
    }
}
