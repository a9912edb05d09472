package org.sftoolkit.camel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sftoolkit.camel.model.BeanFields;
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
    static final ObjectMapper MAPPER = BeanMapping.fromSalesforce();

    private BeanRecords() {}

    /** Whether an object may be a bean: not a plain value of the JDK. */
    static boolean isBean(Object value) {
        return BeanFields.isBean(value);
    }

    /** The bean's fields; throws {@code IllegalArgumentException} where Jackson cannot write it as an object. */
    static SourceRecord of(Object bean) {
        if (!(BeanFields.of(bean) instanceof Map<?, ?> fields)) {
            throw new IllegalArgumentException(
                    "Jackson writes a " + bean.getClass().getName() + " as a plain value, which is no record");
        }
        return SourceRecord.of(bean, fields, new BeanOrigin(bean));
    }

    private record BeanOrigin(Object bean) implements SourceRecord.Origin {

        @Override
        public void setId(String id) {
            var values = new LinkedHashMap<String, Object>();
            values.put("Id", id);
            update(values);
        }

        @Override
        public void merge(SObject read) {
            update(read);
        }

        // a bean without the property, or without a setter for it, stays as it is: result and header carry the Id
        private void update(Map<String, Object> values) {
            try {
                MAPPER.readerForUpdating(bean).readValue(MAPPER.writeValueAsBytes(values));
            } catch (JsonProcessingException unknownProperty) {
                return;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
