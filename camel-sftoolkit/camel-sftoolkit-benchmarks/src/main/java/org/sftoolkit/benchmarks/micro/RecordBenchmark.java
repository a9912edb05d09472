package org.sftoolkit.benchmarks.micro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.sftoolkit.benchmarks.client.Workload;
import org.sftoolkit.camel.client.RecordReader;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.records.EncodedRecord;
import org.sftoolkit.camel.soql.Parameters;
import org.sftoolkit.camel.soql.SoqlTemplate;

/** One record to JSON and back; values into a statement. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RecordBenchmark {

    private final Map<String, Object> account = Workload.account(777);
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
