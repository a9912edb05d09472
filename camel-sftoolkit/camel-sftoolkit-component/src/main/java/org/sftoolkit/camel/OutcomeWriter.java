package org.sftoolkit.camel;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.body.BeanRecords;
import org.sftoolkit.camel.body.CloseWithExchange;
import org.sftoolkit.camel.body.ExchangeRows;
import org.sftoolkit.camel.body.ResultText;
import org.sftoolkit.camel.body.UncachedStream;
import org.sftoolkit.camel.bulk.BulkQueryRows;
import org.sftoolkit.camel.client.SalesforceClient;
import org.sftoolkit.camel.connection.SalesforceConnection;
import org.sftoolkit.camel.error.PartialFailureException;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SaveResult;
import org.sftoolkit.camel.operation.Outcome;
import org.sftoolkit.camel.operation.OutcomeHeader;
import org.sftoolkit.camel.query.RowStream;

/** Writes the outcome of an operation to the exchange. Only this class does so. Thread-safe. */
final class OutcomeWriter {

    private static final Map<OutcomeHeader, String> NAMES = Map.ofEntries(
            Map.entry(OutcomeHeader.ID, SfToolkitConstants.ID),
            Map.entry(OutcomeHeader.CREATED, SfToolkitConstants.CREATED),
            Map.entry(OutcomeHeader.SUCCEEDED, SfToolkitConstants.SUCCEEDED),
            Map.entry(OutcomeHeader.FAILED, SfToolkitConstants.FAILED),
            Map.entry(OutcomeHeader.FAILED_RECORDS, SfToolkitConstants.FAILED_RECORDS),
            Map.entry(OutcomeHeader.FILE_NAME, Exchange.FILE_NAME),
            Map.entry(OutcomeHeader.CONTENT_TYPE, Exchange.CONTENT_TYPE),
            Map.entry(OutcomeHeader.STATUS, Exchange.HTTP_RESPONSE_CODE),
            Map.entry(OutcomeHeader.JOB_ID, SfToolkitConstants.JOB_ID),
            Map.entry(OutcomeHeader.EVENT_ID, SfToolkitConstants.EVENT_ID),
            Map.entry(OutcomeHeader.REPLAY_ID, SfToolkitConstants.REPLAY_ID),
            Map.entry(OutcomeHeader.VIA, SfToolkitConstants.VIA),
            Map.entry(OutcomeHeader.TOTAL_SIZE, SfToolkitConstants.TOTAL_SIZE));

    private final @Nullable Class<?> type;
    private final @Nullable String sObject;
    private final boolean objectByHeader;
    private final Supplier<SalesforceConnection> connection;

    /**
     * @param type of the returned records; null for the default
     * @param sObject the endpoint's object, or null
     * @param objectByHeader whether a header may name another object
     * @param connection of the endpoint
     */
    OutcomeWriter(
            @Nullable Class<?> type,
            @Nullable String sObject,
            boolean objectByHeader,
            Supplier<SalesforceConnection> connection) {
        this.type = type;
        this.sObject = sObject;
        this.objectByHeader = objectByHeader;
        this.connection = connection;
    }

    /** A success. */
    void write(Exchange exchange, Outcome outcome, SalesforceClient client) {
        Message message = exchange.getMessage();
        if (outcome.replaceBody()) {
            List<String> columns = columns(outcome);
            Object body = form(exchange, outcome.body(), columns);
            // records of the body are returned as the same objects
            message.setBody(body == message.getBody() ? body : ResultText.result(body, columns));
            CloseWithExchange.add(exchange, message.getBody());
            IdHeader.outdate(exchange);
        }
        outcome.headers().forEach((header, value) -> {
            if (header == OutcomeHeader.COLUMNS) {
                return; // they belong to the body
            }
            if (header == OutcomeHeader.ANSWER_HEADERS) {
                ((Map<?, ?>) value).forEach((name, text) -> message.setHeader(name.toString(), text));
            } else if (header == OutcomeHeader.ID && value != null) {
                IdHeader.set(exchange, value, sObject(message, outcome.body()));
            } else if (header == OutcomeHeader.JOB_ID && value != null) {
                IdHeader.setJob(exchange, value);
            } else if (value == null) {
                message.removeHeader(NAMES.get(header));
            } else {
                message.setHeader(
                        NAMES.get(header),
                        header == OutcomeHeader.FAILED_RECORDS ? ResultText.result(value, List.of()) : value);
            }
        });
        writeCost(message, client);
    }

    @SuppressWarnings("unchecked") // operations put nothing else there
    private static List<String> columns(Outcome outcome) {
        return (List<String>) outcome.headers().getOrDefault(OutcomeHeader.COLUMNS, List.of());
    }

    /** The object that an Id belongs to; null if it is not known. */
    private @Nullable String sObject(Message message, @Nullable Object body) {
        Object record = body instanceof SaveResult result ? result.record() : body;
        if (record instanceof SObject typed && typed.type() != null) {
            return typed.type();
        }
        String named = objectByHeader ? message.getHeader(SfToolkitConstants.SOBJECT, String.class) : null;
        return named == null ? sObject : named;
    }

    /**
     * A failure; the body stays as it was. If some records of a list were written, the headers contain those to send
     * again.
     */
    void write(Exchange exchange, Throwable failure, SalesforceClient client) {
        exchange.setException(failure);
        if (failure instanceof PartialFailureException partial && partial.results() != null) {
            List<Object> failed = partial.results().failedRecords();
            Message message = exchange.getMessage();
            message.setHeader(SfToolkitConstants.SUCCEEDED, partial.results().size() - failed.size());
            message.setHeader(SfToolkitConstants.FAILED, failed.size());
            message.setHeader(SfToolkitConstants.FAILED_RECORDS, ResultText.result(failed, List.of()));
        }
        writeCost(exchange.getMessage(), client);
    }

    private void writeCost(Message message, SalesforceClient client) {
        message.setHeader(SfToolkitConstants.REQUESTS, client.requests());
        connection.get().usage().ifPresent(usage -> message.setHeader(SfToolkitConstants.API_USAGE, usage.toString()));
    }

    private @Nullable Object form(Exchange exchange, @Nullable Object body, List<String> columns) {
        if (body instanceof InputStream stream) {
            return new UncachedStream(stream);
        }
        if (body instanceof RowStream rows) {
            return new ExchangeRows(exchange, rows, rows, this::typed, columns);
        }
        if (body instanceof BulkQueryRows rows) {
            // unchanged, because they contain their job and position; the splitter still stops
            return type == null
                    ? rows.endingWhen(() -> exchange.getException() != null)
                    : new ExchangeRows(exchange, rows, rows, this::typed, columns);
        }
        return typed(body);
    }

    private @Nullable Object typed(@Nullable Object body) {
        if (type == null) {
            return body;
        }
        if (body instanceof SObject record) {
            return BeanRecords.MAPPER.convertValue(record, type);
        }
        if (body instanceof List<?> list && list.stream().anyMatch(SObject.class::isInstance)) {
            var beans = new ArrayList<Object>();
            list.forEach(record -> beans.add(typed(record)));
            return beans;
        }
        return body;
    }
}
