package org.sftoolkit.camel.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the writing of a record needs to know of its object. Names are looked up without regard to case. */
public interface ObjectShape {

    /** For an object without description: every name is a plain field. */
    ObjectShape UNKNOWN = new ObjectShape() {
        @Override
        public List<String> parts(String compound) {
            return List.of();
        }

        @Override
        public boolean isRelationship(String name) {
            return false;
        }

        @Override
        public String lookup(String relationship) {
            return relationship.endsWith("__r")
                    ? relationship.substring(0, relationship.length() - 1) + 'c'
                    : relationship + "Id";
        }
    };

    /** The fields that make up an address or a location; empty for any other field. */
    List<String> parts(String compound);

    /** Whether it is the name of parents or children, and of no field. */
    boolean isRelationship(String name);

    /** The field that holds the Id of this parent. */
    String lookup(String relationship);

    /**
     * Whether the object's description is needed to write this record. A null may be a parent, children or an
     * address, which are not sent as they are.
     *
     * @param names the fields of the record to look at
     */
    static boolean isNeeded(SourceRecord record, Collection<String> names) {
        boolean all = names.size() == record.fields().size();
        if (!all) {
            return names.stream().map(record.fields()::get).anyMatch(ObjectShape::mayNeedShape);
        }
        for (var field : record.fields().entrySet()) {
            if (mayNeedShape(field.getValue())) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayNeedShape(@Nullable Object value) {
        return value == null || !Scalars.isCertainly(value) && mayBeNull(value);
    }

    private static boolean mayBeNull(Object value) {
        return value instanceof Collection<?> many && many.isEmpty()
                || value instanceof Optional<?> some && some.isEmpty()
                || value instanceof JsonNode json && (json.isNull() || json.isEmpty());
    }
}
