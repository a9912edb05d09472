package org.sftoolkit.camel.maven;

import java.util.Locale;
import java.util.stream.Collectors;

/** What endpoints for records, queries and single calls become. */
final class RecordMigration {

    private static final String ID = "the Id comes in the header CamelSfToolkitId or the body";

    private final Migration migration;

    RecordMigration(Migration migration) {
        this.migration = migration;
    }

    /** Converts the endpoint; returns false if its operation is of another kind. */
    boolean convert() {
        switch (migration.use.operation()) {
            case "getVersions" -> migration.to("versions");
            case "getResources" -> migration.raw("GET", "/services/data/v" + migration.either("apiVersion", "66.0"));
            case "getGlobalObjects" -> migration.to("describe");
            case "getBasicInfo" -> migration.raw("GET", "sobjects/" + migration.either("sObjectName", "Account"));
            case "getDescription" -> migration.toObject("describe");
            case "limits" -> migration.to("limits");
            case "recent" -> {
                String limit = migration.option("limit");
                migration.raw("GET", "recent" + (limit == null ? "" : "?limit=" + limit));
            }
            case "getSObject", "compositeRetrieveSObjectCollections" -> fetch();
            case "getSObjectWithId" -> {
                fetch();
                externalId();
            }
            case "createSObject", "compositeCreateSObjectCollections" -> save("INSERT");
            case "updateSObject", "compositeUpdateSObjectCollections" -> save("UPDATE");
            case "upsertSObject", "compositeUpsertSObjectCollections" -> {
                save("UPSERT");
                externalId();
            }
            case "deleteSObject", "compositeDeleteSObjectCollections" -> delete();
            case "deleteSObjectWithId" -> {
                delete();
                externalId();
            }
            case "getBlobField" -> {
                migration.toObject("download");
                migration.move("sObjectBlobFieldName", "blobField");
                id();
            }
            case "query", "queryAll" -> query();
            case "search" -> {
                migration.to("search");
                migration.move("sObjectSearch", "sosl");
            }
            case "apexCall" -> apex();
            case "raw" -> rawCall();
            case "approval" -> approval("POST");
            case "approvals" -> approval("GET");
            case "composite-tree" -> composite("TREE");
            case "composite-batch" -> composite("BATCH");
            case "composite" -> composite("COMPOSITE");
            default -> {
                return false;
            }
        }
        return true;
    }

    private void fetch() {
        migration.toObject("fetch");
        migration.move("sObjectFields", "fields");
        migration.move("notFoundBehaviour", "notFound");
        migration.parameters.computeIfPresent(
                "notFound", (name, value) -> value.equalsIgnoreCase("NULL") ? "NULL" : "FAIL");
        type();
        id();
    }

    private void save(String mode) {
        migration.toObject("save");
        migration.parameters.put("mode", mode);
        migration.move("allOrNone", "allOrNone");
        migration.drop("sObjectClass");
        id();
    }

    private void delete() {
        migration.toObject("delete");
        migration.move("allOrNone", "allOrNone");
        migration.drop("sObjectClass");
        id();
    }

    private void id() {
        migration.drop("sObjectId");
        String id = migration.use.value("sObjectId");
        if (id != null) {
            migration.notes.add("set the header CamelSfToolkitId to " + id);
        } else if (!migration.use.operation().contains("create")
                && !migration.use.operation().contains("upsert")) {
            migration.notes.add(ID);
        }
    }

    private void externalId() {
        migration.move("sObjectIdName", "externalIdField");
        String value = migration.option("sObjectIdValue");
        if (value != null) {
            migration.notes.add("set the header CamelSfToolkitId to " + value);
        }
    }

    private void query() {
        migration.to("query");
        migration.move("sObjectQuery", "soql");
        if (migration.use.operation().equals("queryAll")) {
            migration.parameters.put("includeDeleted", "true");
        }
        if ("true".equals(migration.option("streamQueryResult"))) {
            migration.parameters.put("outputType", "STREAM");
        }
        migration.drop("sObjectName", "queryLocator");
        type();
    }

    private void type() {
        String type = migration.option("sObjectClass");
        if (type != null) {
            String record = type.replaceFirst("(^|\\.)QueryRecords(\\w+)$", "$1$2");
            migration.parameters.put("type", record);
            migration.notes.add("type is the class of one record");
        }
    }

    private void apex() {
        String url = migration.either("apexUrl", "{apexUrl}");
        String parts = migration.use.options().stream()
                .filter(option -> option.name().startsWith("apexQueryParam."))
                .peek(option -> migration.read.add(option.name()))
                .map(option -> option.name().substring("apexQueryParam.".length()) + "=" + option.value())
                .collect(Collectors.joining("&"));
        migration.raw(
                migration.either("apexMethod", "GET").toUpperCase(Locale.ROOT),
                "/services/apexrest/" + url.replaceFirst("^/", "") + (parts.isEmpty() ? "" : "?" + parts));
        migration.drop("sObjectName", "sObjectClass");
    }

    private void rawCall() {
        migration.raw(
                migration.either("rawMethod", "GET").toUpperCase(Locale.ROOT),
                migration.either("rawPath", "{rawPath}"));
        migration.move("rawHttpHeaders", "requestHeaders");
        String query = migration.option("rawQueryParameters");
        if (query != null) {
            migration.notes.add("the parameters " + query + " become part of path, with their values");
        }
    }

    private void approval(String method) {
        migration.raw(method, "process/approvals");
        if (method.equals("POST")) {
            migration.notes.add("the body is a map with 'requests', as Salesforce documents it");
        }
        migration.use.options().stream()
                .filter(option -> option.name().startsWith("approval"))
                .forEach(option -> migration.read.add(option.name()));
    }

    private void composite(String type) {
        String method = migration.option("compositeMethod");
        if (method != null && !method.equalsIgnoreCase("POST")) {
            migration.none("with compositeMethod=" + method + " is sftoolkit:raw with method and path");
            return;
        }
        migration.to("composite");
        migration.parameters.put("compositeType", type);
        if (type.equals("TREE")) {
            String object = migration.option("sObjectName");
            migration.path = object == null ? migration.path : migration.path + ":" + object;
        }
        migration.move("allOrNone", "allOrNone");
        String body = type.equals("TREE") ? "records" : type.equals("BATCH") ? "batchRequests" : "compositeRequest";
        migration.notes.add("the body is a map or JSON with '" + body + "' in place of camel-salesforce's classes");
    }
}
