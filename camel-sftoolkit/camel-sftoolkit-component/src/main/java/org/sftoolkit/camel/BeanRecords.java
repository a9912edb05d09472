package org.sftoolkit.camel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SourceRecord;

/**
 * Beans as records, through Jackson: {@code @JsonProperty} names the field where the property's name does not, case aside.
 *
 * <p>A property that is null leaves its field alone, as an absent key of a map does: a bean cannot tell "not set" from "set to
 * null". A class that carries {@code @JsonInclude(ALWAYS)} says that its nulls are meant.
 */
final class BeanRecords {

    /** Reads and writes users' beans; fields that a bean does not know are left out. */
    static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private BeanRecords() {}

    /** Whether an object may be a bean: not a plain value of the JDK. */
    static boolean isBean(Object value) {
        String name = value.getClass().getName();
        return !name.startsWith("java.")
                && !name.startsWith("org.apache.camel.")
                && !value.getClass().isEnum();
    }

    /** The bean's fields; throws {@code IllegalArgumentException} where Jackson cannot write it. */
    static SourceRecord of(Object bean) {
        Map<?, ?> fields = MAPPER.convertValue(bean, LinkedHashMap.class);
        return SourceRecord.of(bean, fields, new BeanOrigin(bean, fields));
    }

    private record BeanOrigin(Object bean, Map<?, ?> fields) implements SourceRecord.Origin {

        @Override
        public void setId(String id) {
            update(new SObject(null), id);
        }

        @Override
        public void merge(SObject read) {
            update(read, read.id());
        }

        // a bean without the property, or without a setter for it, stays as it is: result and header carry the Id
        private void update(SObject read, String id) {
            var values = new LinkedHashMap<String, Object>(read);
            values.put("Id", id);
            try {
                MAPPER.readerForUpdating(bean).readValue(MAPPER.writeValueAsBytes(values));
            } catch (JsonProcessingException unknownProperty) {
                return;
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
