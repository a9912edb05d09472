package org.sftoolkit.camel;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;
import org.sftoolkit.camel.body.BodyConversion;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.model.RecordIds;
import org.sftoolkit.camel.model.Upload;
import org.sftoolkit.camel.operation.BulkInput;
import org.sftoolkit.camel.operation.CallOptions;
import org.sftoolkit.camel.operation.JobKeys;
import org.sftoolkit.camel.operation.NoInput;
import org.sftoolkit.camel.operation.QueryInput;
import org.sftoolkit.camel.operation.RawInput;
import org.sftoolkit.camel.transport.Concurrency;

/** Reads from an exchange what an operation works on and how. Thread-safe. */
final class CallReader {

    private final SfToolkitEndpoint endpoint;
    private final CallOptions defaults;
    private final List<String> forwarded;
    private final List<String> overridable;

    CallReader(SfToolkitEndpoint endpoint) {
        this.endpoint = endpoint;
        this.defaults = endpoint.getConfiguration().callOptions(endpoint.getSObject(), Map.of());
        this.forwarded =
                SfToolkitConfiguration.names(endpoint.getConfiguration().getRequestHeaders());
        this.overridable =
                SfToolkitConfiguration.names(endpoint.getConfiguration().getAllowHeaderOverride());
    }

    /** The input in the type that the operation takes, by Camel's converters. */
    <I> I input(Exchange exchange, Class<I> type, CallOptions options) throws Exception {
        Message message = exchange.getMessage();
        if (type == BulkInput.class) {
            return type.cast(BulkBodies.read(exchange));
        }
        if (type == JobKeys.class) {
            return type.cast(jobKeys(message));
        }
        if (type == QueryInput.class) {
            return type.cast(Binds.input(exchange));
        }
        if (type == RawInput.class) {
            return type.cast(RawBodies.read(exchange));
        }
        if (type == NoInput.class) {
            return type.cast(new NoInput());
        }
        if (type == Upload.class) {
            return type.cast(UploadBody.read(exchange, options.sObject()));
        }
        Object id = type == RecordIds.class
                ? IdHeader.read(exchange, options.sObject(), options.records().externalIdField())
                : null;
        return BodyConversion.read(exchange, id == null ? message.getBody() : id, type);
    }

    private static JobKeys jobKeys(Message message) {
        Object keys = message.getHeader(SfToolkitConstants.JOB_ID);
        Object named = keys == null ? message.getBody() : keys;
        if (named == null
                || named instanceof CharSequence text && text.toString().isBlank()) {
            return new JobKeys(List.of());
        }
        Collection<?> all = named instanceof Collection<?> many ? many : List.of(named);
        return new JobKeys(all.stream()
                .map(key ->
                        key instanceof JobInfo job ? job.id() : key.toString().strip())
                .toList());
    }

    /** The endpoint's options, and what headers may and do override of them. */
    CallOptions options(Message message) {
        CallOptions options = asked(message);
        return options.concurrency() == Concurrency.ADAPTIVE && endpoint.adaptiveLimit() != null
                ? options.with(endpoint.adaptiveLimit())
                : options;
    }

    private CallOptions asked(Message message) {
        if (forwarded.isEmpty() && overridable.isEmpty()) {
            return defaults;
        }
        var headers = new LinkedHashMap<String, String>();
        for (String name : forwarded) {
            String value = message.getHeader(name, String.class);
            if (value != null) {
                headers.put(name, value);
            }
        }
        var overrides = overrides(message);
        if (overrides.isEmpty() && headers.isEmpty()) {
            return defaults;
        }
        Object sObject = overrides.remove("sObject");
        return configuration(overrides)
                .callOptions(sObject == null ? endpoint.getSObject() : sObject.toString(), headers);
    }

    private Map<String, Object> overrides(Message message) {
        var overrides = new LinkedHashMap<String, Object>();
        for (String option : overridable) {
            Object value = message.getHeader(
                    SfToolkitConstants.PREFIX + Character.toUpperCase(option.charAt(0)) + option.substring(1));
            if (value != null) {
                overrides.put(option, value);
            }
        }
        return overrides;
    }

    private SfToolkitConfiguration configuration(Map<String, Object> overrides) {
        SfToolkitConfiguration copy = endpoint.getConfiguration().copy();
        if (!overrides.isEmpty()) {
            PropertyConfigurer configurer = PluginHelper.getConfigurerResolver(endpoint.getCamelContext())
                    .resolvePropertyConfigurer(
                            SfToolkitConfiguration.class.getName() + "-configurer", endpoint.getCamelContext());
            PropertyBindingSupport.build()
                    .withCamelContext(endpoint.getCamelContext())
                    .withTarget(copy)
                    .withConfigurer(configurer)
                    .withProperties(overrides)
                    .withIgnoreCase(false)
                    .withMandatory(true)
                    .bind();
        }
        return copy;
    }
}
