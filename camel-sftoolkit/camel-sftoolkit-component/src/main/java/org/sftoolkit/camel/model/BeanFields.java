package org.sftoolkit.camel.model;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.module.SimpleSerializers;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.BaseStream;
import org.jspecify.annotations.Nullable;

/**
 * Takes beans, records and enums apart by Jackson: its annotations name fields, formats and constants. Values of the JDK's classes
 * stay what they are, so that they are written as those of a map.
 */
public final class BeanFields {

    private static final JsonMapper FORMATS = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    private static final ObjectMapper FIELDS =
            FORMATS.rebuild().addModule(new ValuesAsTheyAre()).build();

    private BeanFields() {}

    /** Whether an object may be a bean: no value, container or stream of the JDK or a library that the component uses. */
    public static boolean isBean(Object value) {
        Class<?> type = value.getClass();
        return !(type.isArray()
                || type.isEnum()
                || value instanceof Enum<?>
                || value instanceof Map
                || value instanceof Iterable
                || value instanceof Iterator
                || value instanceof BaseStream
                || value instanceof InputStream
                || value instanceof Reader
                || value instanceof JsonNode
                || isLibrary(type.getName()));
    }

    private static boolean isLibrary(String name) {
        return name.startsWith("java.")
                || name.startsWith("javax.")
                || name.startsWith("jdk.")
                || name.startsWith("sun.")
                || name.startsWith("com.sun.")
                || name.startsWith("io.vertx.")
                || name.startsWith("org.apache.camel.");
    }

    /**
     * What Jackson makes of a bean: mostly a map of its properties; text for an enum, or what {@code @JsonValue} says.
     *
     * @throws IllegalArgumentException if Jackson cannot write it
     */
    public static Object of(Object bean) {
        try {
            return FIELDS.convertValue(bean, Object.class);
        } catch (IllegalArgumentException | StackOverflowError e) {
            throw new IllegalArgumentException(
                    "Jackson cannot write a " + bean.getClass().getName(), e);
        }
    }

    /** Leaves all of the JDK's values alone that are neither basic to JSON nor hold others. */
    private static final class ValuesAsTheyAre extends SimpleModule {

        private static final long serialVersionUID = 1L;

        @Override
        public void setupModule(SetupContext context) {
            context.addSerializers(new SimpleSerializers() {
                private static final long serialVersionUID = 1L;

                @Override
                public @Nullable JsonSerializer<?> findSerializer(
                        SerializationConfig config, JavaType type, BeanDescription description) {
                    return isValue(type.getRawClass()) ? new AsItIs() : null;
                }
            });
        }

        private static boolean isValue(Class<?> type) {
            return !type.isPrimitive()
                    && type != Object.class
                    && type != String.class
                    && type != Boolean.class
                    && !type.isEnum()
                    && !type.isArray()
                    && !Collection.class.isAssignableFrom(type)
                    && !Map.class.isAssignableFrom(type)
                    && (isLibrary(type.getName())
                            || Iterator.class.isAssignableFrom(type)
                            || BaseStream.class.isAssignableFrom(type)
                            || InputStream.class.isAssignableFrom(type)
                            || Reader.class.isAssignableFrom(type)
                            || java.sql.Clob.class.isAssignableFrom(type)
                            || java.sql.Blob.class.isAssignableFrom(type));
        }
    }

    /** Leaves a value as it is, unless the bean asks for a format. */
    private static final class AsItIs extends JsonSerializer<Object> implements ContextualSerializer {

        @Override
        public void serialize(Object value, JsonGenerator json, SerializerProvider provider) throws IOException {
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
}
