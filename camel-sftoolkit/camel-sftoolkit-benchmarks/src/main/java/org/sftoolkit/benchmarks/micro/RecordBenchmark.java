package org.sftoolkit.benchmarks.micro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.sftoolkit.benchmarks.client.Workload;
import org.sftoolkit.camel.client.RecordReader;
import org.sftoolkit.camel.model.ObjectShape;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SentFields;
import org.sftoolkit.camel.model.SourceRecord;
import org.sftoolkit.camel.records.EncodedRecord;
import org.sftoolkit.camel.soql.Parameters;
import org.sftoolkit.camel.soql.SoqlTemplate;

/** One record to JSON and back; values into a statement. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBenchmark {

    private final Map<String, Object> account = Workload.account(777);
    private final EncodedRecord.Encoder encoder = new EncodedRecord.Encoder();
    private final SentFields fields = new SentFields();
    private final byte[] json = Records.read();
    private final JsonFactory factory = new JsonFactory();
    private final SoqlTemplate statement =
            SoqlTemplate.soql("SELECT Id FROM Account WHERE Name = :name AND NumberOfEmployees > :size");
    private final Map<String, Object> values = Map.of("name", "O'Neill & Söhne", "size", 1234);

    /** A record as it is sent. */
    @Benchmark
    public byte[] write() {
        return EncodedRecord.of("Account", account).json();
    }

    /** A record of a list, from the map that a route gives to its JSON. */
    @Benchmark
    public byte[] writeOneOfMany() {
        return encoder.encode(
                        "Account",
                        fields.of(SourceRecord.of(account), account.keySet(), Set.of("Id"), ObjectShape.UNKNOWN))
                .json();
    }

    /** A record as it is read. */
    @Benchmark
    public SObject read() throws IOException {
        try (JsonParser parser = factory.createParser(json)) {
            parser.nextToken();
            return RecordReader.record(parser);
        }
    }

    /** Text and a number into SOQL. */
    @Benchmark
    public String bind() {
        return statement.bind(name -> new Parameters.Bound(values.get(name)));
    }
}
