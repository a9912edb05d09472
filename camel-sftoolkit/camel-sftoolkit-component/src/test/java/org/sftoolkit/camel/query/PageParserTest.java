package org.sftoolkit.camel.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sftoolkit.camel.model.SObject;

class PageParserTest {

    private static final String ROW =
            """
            {"attributes":{"type":"Account","url":"/a/}]{["},"Id":"%s","Name":"Ümläut \\"]}\\\\","Owner":{"attributes"\
            :{"type":"User"},"Name":"O, [x] }{"},"Empty":{},"Tags":[1,[2,{"a":"]"}],null],"Amount":12.50,"Contacts":\
            {"totalSize":2,"done":false,"nextRecordsUrl":"/next/%s","records":[{"attributes":{"type":"Contact"},"Id":\
            "003"},{"attributes":{"type":"Contact"},"Id":"\\u00e9"}]}}""";

    private static final String PAGE =
            """
             {"totalSize":3, "done" :false,"about":{"records":[{"Id":"none"}]},"list":[{"records":[1]}], "records" : [ %s ,
            %s,%s ] ,"nextRecordsUrl":"/services/data/next"} \s
            """
                    .formatted(row("1"), row("2"), row("3"));

    private static String row(String id) {
        return ROW.formatted(id, id);
    }

    private final PageParser parser = new PageParser(16);

    private List<QueryRow> feed(String part) throws IOException {
        return parser.feed(Buffer.buffer(part));
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void whereverThePageIsCutTheRowsAreTheSame(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int largest)
            throws IOException {
        var random = new Random(seed);
        Buffer page = Buffer.buffer(PAGE);
        var cut = new PageParser(16);
        var rows = new ArrayList<QueryRow>();
        for (int i = 0, end; i < page.length(); i = end) {
            end = Math.min(page.length(), i + 1 + random.nextInt(largest));
            rows.addAll(cut.feed(page.slice(i, end)));
        }
        assertThat(cut.end()).isEqualTo(new PageEnd(3, "/services/data/next"));
        List<QueryRow> whole = new PageParser(16).feed(page);
        assertThat(rows)
                .extracting(QueryRow::record)
                .isEqualTo(whole.stream().map(QueryRow::record).toList());
        assertThat(rows).extracting(row -> row.record().type()).containsOnly("Account");
        assertThat(rows)
                .extracting(row -> row.unfinished().get(0).next())
                .containsExactly("/next/1", "/next/2", "/next/3");
    }

    @Test
    void valuesAreReadAsTheyStand() throws IOException {
        SObject row = feed(PAGE).get(1).record();
        assertThat(row)
                .containsEntry("Id", "2")
                .containsEntry("Name", "Ümläut \"]}\\")
                .containsEntry("Amount", 12.5)
                .containsEntry("Empty", java.util.Map.of());
        assertThat(row.get("Owner"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("Name", "O, [x] }{");
        assertThat((List<?>) row.get("Contacts"))
                .extracting(child -> ((SObject) child).id())
                .containsExactly("003", "é");
    }

    @Test
    void aRowThatIsNullIsRefused() {
        assertThatThrownBy(() -> {
                    feed("{\"totalSize\":2,\"records\":[null," + row("1") + "]}");
                    parser.end();
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("row");
    }

    @Test
    void aRowIsThereWithItsLastByte() throws IOException {
        String row = row("1");
        assertThat(feed("{\"records\":[" + row.substring(0, row.length() - 1))).isEmpty();
        assertThat(feed("}")).hasSize(1);
        assertThat(feed("," + row)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`{\"totalSize\":1,\"records\":[{\"Id\":\"1\"}]` | cut off",
                "`{\"totalSize\":1,\"records\":[{\"Id\":\"1\"}` | cut off",
                "`{\"totalSize\":1,\"records\":[{\"Id\":\"1` | cut off",
                "`` | cut off",
                "`{\"totalSize\":1}` | has no list of records",
                "`{\"records\":null}` | has no list of records",
                "`{\"a\":{\"records\":[]}}` | has no list of records",
                "`[{\"records\":[]}]` | expected an object",
                "`{\"records\":[]}{\"records\":[]}` | is followed by other content",
                "`{\"records\":[],\"records\":[]}` | several lists",
                "`{\"r\\u0065cords\":[{\"Id\":\"1\"}]}` | not written as records",
                "`{\"x\\\"records\":[{\"Id\":\"1\"}]}` | has no list of records",
            })
    void otherJsonIsNotAPage(String answer, String problem) throws IOException {
        feed(answer);
        assertThatThrownBy(parser::end).isInstanceOf(IOException.class).hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"records\":[{\"Id\":]}",
                "{\"records\":[{\"Id\" \"1\"}]}",
                "{\"records\":[{]}]}",
                "{\"records\":[12]}",
                "{\"records\":[{\"Amount\":1e123456789012345}]}",
                "{\"records\":[{\"Id\":\"1\"}{\"Id\":\"2\"}]}",
                "{\"records\":[{\"Id\":\"1\"},,{\"Id\":\"2\"}]}",
                "{\"records\":[,{\"Id\":\"2\"}]}",
                "{\"records\":[{\"Id\":\"1\"},]}"
            })
    void rowsThatAreNoneAreRefused(String answer) {
        assertThatThrownBy(() -> feed(answer)).isInstanceOf(IOException.class);
    }

    @Test
    void textWithoutEndIsNotHeld() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 1000; i++) {
                        feed("no page but text ".repeat(1000));
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a page of a query was expected");
    }
}
