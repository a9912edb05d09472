package org.sftoolkit.examples.companies;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The companies that the example loads fit the Account fields of the embedded org. */
class CompaniesCsvTest {

    private final List<NamedCsvRecord> companies = companies();
    private final JsonNode account = account();

    @Test
    void thereAreMoreThanOneRequestTakes() {
        assertThat(companies).hasSizeGreaterThanOrEqualTo(230);
        assertThat(companies.get(0).getHeader())
                .containsExactly("name", "ticker", "industry", "city", "country", "website", "employees");
    }

    @Test
    void noCellIsEmptyOrPadded() {
        assertThat(companies).allSatisfy(company -> assertThat(company.getFields())
                .hasSize(7)
                .allSatisfy(cell -> assertThat(cell).isNotBlank().isEqualTo(cell.strip())));
    }

    @Test
    void tickersAndNamesAreUnique() {
        assertThat(column("ticker")).doesNotHaveDuplicates().allMatch(ticker -> ticker.matches("[A-Z0-9&.-]+"));
        assertThat(column("ticker").map(String::toLowerCase))
                .as("the external id compares without case")
                .doesNotHaveDuplicates();
        assertThat(column("name")).doesNotHaveDuplicates();
    }

    @Test
    void industriesAreOnAccountsPicklist() {
        List<String> industries = StreamSupport.stream(
                        field("Industry").get("picklistValues").spliterator(), false)
                .map(value -> value.get("value").asText())
                .toList();
        assertThat(column("industry")).isSubsetOf(industries);
    }

    @Test
    void websitesAreHttpsHosts() {
        assertThat(column("website")).allSatisfy(website -> {
            URI uri = URI.create(website);
            assertThat(uri.getScheme()).isEqualTo("https");
            assertThat(uri.getHost()).matches("([a-z0-9-]+\\.)+[a-z]{2,}");
            assertThat(uri.getPath()).isEmpty();
        });
    }

    @Test
    void employeesAreWholePositiveNumbers() {
        assertThat(column("employees").map(Integer::valueOf)).allMatch(count -> count > 0 && count < 3_000_000);
    }

    @Test
    void textsFitTheirFields() {
        assertFits("name", "Name");
        assertFits("ticker", "TickerSymbol");
        assertFits("ticker", "External_ID__c");
        assertFits("city", "BillingCity");
        assertFits("country", "BillingCountry");
        assertFits("website", "Website");
    }

    @Test
    void someNamesTestQuotingAndEncoding() {
        assertThat(column("name")).filteredOn(name -> name.contains(",")).hasSizeGreaterThan(20);
        assertThat(column("name"))
                .filteredOn(name -> !US_ASCII.newEncoder().canEncode(name))
                .hasSizeGreaterThan(10)
                .contains("Nestlé S.A.", "ČEZ, a. s.");
    }

    private void assertFits(String column, String field) {
        int length = field(field).get("length").asInt();
        assertThat(column(column)).as(field).allMatch(text -> text.length() <= length);
    }

    private Stream<String> column(String name) {
        return companies.stream().map(company -> company.getField(name));
    }

    private JsonNode field(String name) {
        return StreamSupport.stream(account.get("fields").spliterator(), false)
                .filter(field -> field.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<NamedCsvRecord> companies() {
        try (InputStream in = CompaniesCsvTest.class.getResourceAsStream("/companies/companies.csv")) {
            String text = UTF_8.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
            return CsvReader.builder().ofNamedCsvRecord(text).stream().toList();
        } catch (IOException e) {
            throw new AssertionError("companies.csv cannot be read as UTF-8", e);
        }
    }

    private static JsonNode account() {
        try (InputStream in =
                CompaniesCsvTest.class.getResourceAsStream("/org/sftoolkit/emulator/schema/Account.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError("Account.json cannot be read", e);
        }
    }
}
