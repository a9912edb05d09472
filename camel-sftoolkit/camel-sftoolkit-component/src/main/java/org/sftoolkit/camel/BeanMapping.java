package org.sftoolkit.camel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
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
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How Jackson fills the beans of routes. */
final class BeanMapping {

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
