package org.sftoolkit.camel.body;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.model.BeanFields;
import org.sftoolkit.camel.model.SObject;
import org.sftoolkit.camel.model.SourceRecord;

/**
 * Beans as records, through Jackson: {@code @JsonProperty} names the field if it differs from the property in more
 * than case.
 *
 * <p>A property that is null leaves its field alone, as an absent key of a map does: a bean cannot tell "not set"
 * from "set to null". {@code @JsonInclude(ALWAYS)} on the class means that null sets the field to null.
 */
public final class BeanRecords {

    /** Reads and writes users' beans; fields that a bean does not know are left out. */
    public static final ObjectMapper MAPPER = BeanMapping.fromSalesforce();

    private BeanRecords() {}

    /** Whether an object may be a bean: not a plain value of the JDK. */
    static boolean isBean(Object value) {
        return BeanFields.isBean(value);
    }

    /** The bean's fields; throws {@code IllegalArgumentException} if Jackson cannot write it as an object. */
    static SourceRecord of(Object bean) {
        if (!(BeanFields.of(bean) instanceof Map<?, ?> fields)) {
            throw new IllegalArgumentException("Jackson writes a "
                    + bean.getClass().getName() + " as a plain value, not as a record: use a bean with properties");
        }
        return SourceRecord.of(bean, fields, new BeanOrigin(bean));
    }

    private record BeanOrigin(Object bean) implements SourceRecord.Origin {

        @Override
        public void setId(@Nullable String id) {
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

    /** How Jackson fills the beans of routes. */
    private static final class BeanMapping {

        private BeanMapping() {}

        private static JsonMapper.Builder basis() {
            return JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                    .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .serializationInclusion(JsonInclude.Include.NON_NULL);
        }

        /** Fills beans from Salesforce's values. */
        static ObjectMapper fromSalesforce() {
            return basis().addModule(new SimpleModule().addDeserializer(LocalTime.class, new TimeOfDay()))
                    .addHandler(new MultiPicklist())
                    .build();
        }

        /** Lets a bean have a multi-picklist, which is text such as {@code A;B}, as a list or set of texts. */
        private static final class MultiPicklist extends DeserializationProblemHandler {

            @Override
            public Object handleMissingInstantiator(
                    DeserializationContext context,
                    Class<?> type,
                    ValueInstantiator instantiator,
                    JsonParser json,
                    String message)
                    throws IOException {
                if (!Collection.class.isAssignableFrom(type) || !json.hasToken(JsonToken.VALUE_STRING)) {
                    return NOT_HANDLED;
                }
                List<String> choices = List.of(json.getText().split(";"));
                return Set.class.isAssignableFrom(type) ? new LinkedHashSet<>(choices) : new ArrayList<>(choices);
            }
        }

        /** Salesforce writes a time of day with a zone that means nothing. */
        private static final class TimeOfDay extends StdScalarDeserializer<LocalTime> {

            private static final long serialVersionUID = 1L;

            TimeOfDay() {
                super(LocalTime.class);
            }

            @Override
            public LocalTime deserialize(JsonParser json, DeserializationContext context) throws IOException {
                String text = json.getText();
                return LocalTime.parse(text.endsWith("Z") ? text.substring(0, text.length() - 1) : text);
            }
        }
    }
}
