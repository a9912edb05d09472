package org.sftoolkit.emulator.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sftoolkit.emulator.org.ChildRelationship;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.RowRefusedException;
import org.sftoolkit.emulator.org.SaveError;
import org.sftoolkit.emulator.org.Schema;
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

    /** The records of an sObject tree, checked against its limits. The texts of refusals are not documented; assumed. */
    private static final class TreeRequest {

        private static final int MOST_RECORDS = 200;
        private static final int MOST_TYPES = 5;
        private static final int MOST_LEVELS = 5;

        private final Schema schema;
        private final Set<String> referenceIds = new LinkedHashSet<>();
        private final Set<String> types = new LinkedHashSet<>();
        private final List<Node> records;

        /** @param children by the relationship that they hang on */
        record Node(
                ObjectSchema object,
                String referenceId,
                Map<String, Object> fields,
                Map<ChildRelationship, List<Node>> children) {}

        /** The tree is malformed at one of its records. */
        static final class RefusedException extends RuntimeException {

            private static final long serialVersionUID = 1L;

            private final String referenceId;
            private final transient SaveError error;

            RefusedException(String referenceId, String message) {
                super(message, null, false, false);
                this.referenceId = referenceId;
                this.error = new SaveError("INVALID_INPUT", message);
            }

            String referenceId() {
                return referenceId;
            }

            SaveError error() {
                return error;
            }
        }

        private TreeRequest(Schema schema, ObjectSchema root, Map<String, Object> body) {
            this.schema = schema;
            this.records = nodes(root, body, 1);
        }

        static TreeRequest read(Schema schema, ObjectSchema root, Map<String, Object> body) {
            return new TreeRequest(schema, root, body);
        }

        /** The roots of the tree. */
        List<Node> records() {
            return records;
        }

        /** All reference ids, in the order of the request: each record before its children. */
        Set<String> referenceIds() {
            return referenceIds;
        }

        private List<Node> nodes(ObjectSchema object, Map<?, ?> holder, int level) {
            if (!(holder.get("records") instanceof List<?> list)) {
                throw SubRequest.malformed("The records parameter must be an array of records");
            }
            if (level > MOST_LEVELS) {
                throw new RefusedException(null, "A tree can have at most " + MOST_LEVELS + " levels");
            }
            List<Node> nodes = new ArrayList<>();
            for (Object element : list) {
                nodes.add(node(object, element, level));
            }
            return nodes;
        }

        private Node node(ObjectSchema object, Object element, int level) {
            if (!(element instanceof Map<?, ?> json)) {
                throw SubRequest.malformed("A record must be an object");
            }
            Map<?, ?> attributes = json.get("attributes") instanceof Map<?, ?> map ? map : Map.of();
            String referenceId = attributes.get("referenceId") instanceof String text ? text : null;
            if (referenceId == null) {
                throw new RefusedException(null, "Include a reference ID for each record in the request.");
            }
            if (!referenceIds.add(referenceId)) {
                throw new RefusedException(referenceId, "Duplicate ReferenceId provided in the request.");
            }
            if (!(attributes.get("type") instanceof String type) || !type.equalsIgnoreCase(object.name())) {
                throw new RefusedException(
                        referenceId,
                        "The type in the attributes must be " + object.name() + ": " + attributes.get("type"));
            }
            types.add(object.name());
            if (types.size() > MOST_TYPES || referenceIds.size() > MOST_RECORDS) {
                throw new RefusedException(
                        referenceId,
                        "A tree can have at most " + MOST_RECORDS + " records of at most " + MOST_TYPES + " types");
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            Map<ChildRelationship, List<Node>> children = new LinkedHashMap<>();
            json.forEach((key, value) -> {
                Optional<ChildRelationship> relationship = object.childRelationship((String) key);
                if (relationship.isPresent() && value instanceof Map<?, ?> holder) {
                    ObjectSchema child = schema.object(relationship.get().child())
                            .orElseThrow(() -> new RefusedException(
                                    referenceId,
                                    "sObject type '" + relationship.get().child() + "' is not supported."));
                    children.put(relationship.get(), nodes(child, holder, level + 1));
                } else if (!key.equals("attributes")) {
                    fields.put((String) key, value);
                }
            });
            return new Node(object, referenceId, fields, children);
        }
    }
}
