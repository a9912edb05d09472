package org.sftoolkit.emulator.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.org.ChildRelationship;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.RowRefusedException;
import org.sftoolkit.emulator.org.SaveError;
import org.sftoolkit.emulator.org.Transaction;

/** Inserts records with their children, all or none (REST API Developer Guide: "sObject Tree"). */
final class TreeApi {

    private final Org org;

    TreeApi(Org org) {
        this.org = org;
    }

    Answer insert(ApiCall call) {
        ObjectSchema root = org.schema().object(call.param("object")).orElseThrow(ApiException::notFound);
        TreeRequest tree;
        try {
            tree = TreeRequest.read(org.schema(), root, call.jsonObject());
        } catch (TreeRequest.RefusedException e) {
            return Answer.json(400, failure(List.of(error(e.referenceId(), e.error()))));
        }
        List<Map<String, Object>> errors = new ArrayList<>();
        Map<String, String> ids = new HashMap<>();
        org.write(WriteRequest.writer(call), transaction -> {
            tree.records().forEach(record -> insert(transaction, record, null, null, ids, errors));
            if (!errors.isEmpty()) {
                transaction.rollBackTo(0);
            }
            return null;
        });
        if (!errors.isEmpty()) {
            return Answer.json(400, failure(errors));
        }
        List<Map<String, Object>> results = new ArrayList<>();
        tree.referenceIds().forEach(reference -> {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("referenceId", reference);
            result.put("id", ids.get(reference));
            results.add(result);
        });
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("hasErrors", false);
        json.put("results", results);
        return Answer.json(201, json).withRecords(results.size());
    }

    private void insert(
            Transaction transaction,
            TreeRequest.Node node,
            ChildRelationship relationship,
            String parentId,
            Map<String, String> ids,
            List<Map<String, Object>> errors) {
        Map<String, Object> fields = new LinkedHashMap<>(node.fields());
        if (relationship != null) {
            fields.put(relationship.field(), parentId);
        }
        int mark = transaction.mark();
        try {
            ids.put(node.referenceId(), transaction.insert(node.object(), fields));
        } catch (RowRefusedException e) {
            transaction.rollBackTo(mark);
            errors.add(error(node.referenceId(), e.error()));
            return;
        }
        node.children()
                .forEach((child, nodes) -> nodes.forEach(
                        each -> insert(transaction, each, child, ids.get(node.referenceId()), ids, errors)));
    }

    private static Map<String, Object> failure(List<Map<String, Object>> errors) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("hasErrors", true);
        json.put("results", errors);
        return json;
    }

    private static Map<String, Object> error(String referenceId, SaveError error) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("referenceId", referenceId);
        json.put("errors", List.of(ApiErrors.ofRow(error)));
        return json;
    }
}
