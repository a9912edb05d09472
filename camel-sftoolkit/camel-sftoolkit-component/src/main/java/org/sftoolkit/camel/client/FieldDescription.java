package org.sftoolkit.camel.client;

/**
 * A field as the org describes it.
 *
 * @param name        API name
 * @param type        Salesforce's type, such as {@code string} or {@code double}
 * @param createable  whether an insert may set it
 * @param updateable  whether an update may set it
 * @param externalId  whether records can be found and upserted by it
 */
public record FieldDescription(String name, String type, boolean createable, boolean updateable, boolean externalId) {

    /** Whether its values are written without quotes in SOQL. */
    public boolean numeric() {
        return switch (type) {
            case "int", "long", "double", "currency", "percent" -> true;
            default -> false;
        };
    }
}
