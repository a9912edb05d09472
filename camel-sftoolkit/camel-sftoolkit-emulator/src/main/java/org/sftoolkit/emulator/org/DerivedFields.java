package org.sftoolkit.emulator.org;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Fields that Salesforce works out from others when a row is saved (Object Reference, the page of each object). */
final class DerivedFields {

    private static final Set<String> CLOSED_CASE = Set.of("Closed");
    private static final Map<String, Integer> PROBABILITY = Map.of(
            "Prospecting", 10,
            "Qualification", 10,
            "Needs Analysis", 20,
            "Value Proposition", 50,
            "Id. Decision Makers", 60,
            "Perception Analysis", 70,
            "Proposal/Price Quote", 75,
            "Negotiation/Review", 90,
            "Closed Won", 100,
            "Closed Lost", 0);

    private DerivedFields() {}

    static void fill(ObjectSchema object, Object[] values, boolean[] sent, boolean insert) {
        object.field("Name").filter(name -> name.type() == FieldType.STRING).ifPresent(name -> {
            if (object.field("LastName").isPresent()) {
                values[name.index()] = fullName(object, values);
            }
        });
        switch (object.name()) {
            case "Opportunity" -> opportunity(object, values, sent, insert);
            case "Case" ->
                object.field("Status").ifPresent(status -> {
                    boolean closed = CLOSED_CASE.contains(String.valueOf(values[status.index()]));
                    object.field("IsClosed").ifPresent(field -> values[field.index()] = closed);
                });
            case "Attachment", "Document" ->
                object.field("Body")
                        .filter(body -> values[body.index()] instanceof Blob)
                        .ifPresent(body -> set(
                                object,
                                "BodyLength",
                                values,
                                BigDecimal.valueOf(((Blob) values[body.index()]).size())));
            default -> {}
        }
    }

    private static String fullName(ObjectSchema object, Object[] values) {
        String name = Stream.of("FirstName", "MiddleName", "LastName", "Suffix")
                .flatMap(part -> object.field(part).stream())
                .map(field -> values[field.index()])
                .filter(part -> part != null)
                .map(Object::toString)
                .collect(Collectors.joining(" "));
        return name.isEmpty() ? null : name;
    }

    private static void opportunity(ObjectSchema object, Object[] values, boolean[] sent, boolean insert) {
        FieldSchema stage = object.field("StageName").orElse(null);
        if (stage == null || values[stage.index()] == null) {
            return;
        }
        String name = (String) values[stage.index()];
        set(object, "IsClosed", values, name.startsWith("Closed"));
        set(object, "IsWon", values, name.equals("Closed Won"));
        object.field("Probability").ifPresent(field -> {
            Integer usual = PROBABILITY.get(name);
            boolean follows = sent[stage.index()] && !sent[field.index()];
            if (usual != null && (insert && !sent[field.index()] || follows)) {
                values[field.index()] = new BigDecimal(usual);
            }
            Consumer<FieldSchema> expect = amount -> {
                if (values[amount.index()] != null && values[field.index()] != null) {
                    BigDecimal expected = ((BigDecimal) values[amount.index()])
                            .multiply((BigDecimal) values[field.index()])
                            .movePointLeft(2);
                    set(object, "ExpectedRevenue", values, expected);
                }
            };
            object.field("Amount").ifPresent(expect);
        });
    }

    private static void set(ObjectSchema object, String name, Object[] values, Object value) {
        object.field(name).ifPresent(field -> values[field.index()] = value);
    }
}
