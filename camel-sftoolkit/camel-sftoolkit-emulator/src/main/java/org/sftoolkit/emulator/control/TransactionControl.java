package org.sftoolkit.emulator.control;

import static org.sftoolkit.emulator.control.Field.Type.MAP;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.org.InFlightTransaction;
import org.sftoolkit.emulator.org.Org;

/** Transactions that take their time. */
final class TransactionControl {

    private final Org org;
    private final Map<String, InFlightTransaction> transactions = new ConcurrentHashMap<>();
    private final AtomicInteger begun = new AtomicInteger();

    TransactionControl(Controlled emulator) {
        this.org = emulator.org();
    }

    List<Resource> resources() {
        return List.of(
                Resource.of(
                                "POST",
                                "/transactions",
                                "transactions",
                                201,
                                "Begins a transaction whose rows bear this moment and are seen when it commits, later.",
                                this::begin)
                        .java("Org.begin"),
                Resource.of(
                                "POST",
                                "/transactions/{id}/commit",
                                "transactions",
                                200,
                                "Ends a transaction with these changes; answers the rows' ids.",
                                this::commit)
                        .body(
                                Field.of(
                                        "insert",
                                        MAP,
                                        Map.of("Account", List.of(Map.of("Name", "late"))),
                                        "records by object"),
                                Field.of("update", MAP, Map.of(), "records by object, with Id"),
                                Field.of("delete", MAP, Map.of(), "ids by object"))
                        .offLoop());
    }

    private Answer begin(ApiCall call, Values body) {
        InFlightTransaction transaction = org.begin();
        String id = String.valueOf(begun.incrementAndGet());
        transactions.put(id, transaction);
        return Answer.json(201, Map.of("id", id, "began", transaction.began().toString()));
    }

    private Answer commit(ApiCall call, Values body) {
        InFlightTransaction transaction = transactions.remove(call.param("id"));
        if (transaction == null) {
            throw RecordControl.notFound("there is no open transaction '" + call.param("id") + "'");
        }
        changes(body, "insert", (object, record) -> transaction.insert(object, record(record)));
        changes(body, "update", (object, record) -> {
            Map<String, Object> fields = new LinkedHashMap<>(record(record));
            transaction.update(object, String.valueOf(fields.remove("Id")), fields);
        });
        changes(body, "delete", (object, id) -> transaction.delete(object, String.valueOf(id)));
        return Answer.ok(Map.of("ids", transaction.commit()));
    }

    private static void changes(Values body, String name, BiConsumer<String, Object> change) {
        if (body.get(name) instanceof Map<?, ?> objects) {
            objects.forEach((object, list) -> {
                for (Object one : list instanceof List<?> some ? some : List.of(list)) {
                    change.accept(String.valueOf(object), one);
                }
            });
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> record(Object record) {
        if (!(record instanceof Map<?, ?>)) {
            throw Values.refused("not a record: " + record);
        }
        return (Map<String, Object>) record;
    }
}
