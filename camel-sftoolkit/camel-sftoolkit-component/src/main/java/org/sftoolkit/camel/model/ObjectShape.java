package org.sftoolkit.camel.model;

import java.util.List;

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
}
