package org.sftoolkit.camel;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How Jackson reads and writes the beans of routes. */
final class BeanMapping {

    private static final List<Class<?>> TIMES = List.of(
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Instant.class);

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

    /** Takes beans apart; times stay what they are, so that they are written in one way for all kinds of records. */
    static ObjectMapper toFields() {
        var asTheyAre = new SimpleModule();
        TIMES.forEach(type -> asIs(asTheyAre, type));
        return basis().addModule(asTheyAre).build();
    }

    private static <T> void asIs(SimpleModule module, Class<T> type) {
        module.addSerializer(type, new AsItIs<>());
    }

    /** Leaves a value as it is, unless the bean asks for a format. */
    private static final class AsItIs<T> extends JsonSerializer<T> implements ContextualSerializer {

        private static final ObjectMapper FORMATS = basis().build();

        @Override
        public void serialize(T value, JsonGenerator json, SerializerProvider provider) throws IOException {
            if (json instanceof TokenBuffer) {
                json.writeEmbeddedObject(value);
            } else {
                FORMATS.writeValue(json, value);
            }
        }

        @Override
        public JsonSerializer<?> createContextual(SerializerProvider provider, BeanProperty property)
                throws JsonMappingException {
            JsonFormat.Value format =
                    property == null ? null : property.findPropertyFormat(provider.getConfig(), Object.class);
            boolean asked = format != null && (format.hasPattern() || format.hasShape());
            return asked
                    ? FORMATS.getSerializerProviderInstance().findValueSerializer(property.getType(), property)
                    : this;
        }
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
