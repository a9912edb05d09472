package org.sftoolkit.camel;

import org.apache.camel.Exchange;

/**
 * The header {@code CamelSfToolkitId}. What a route puts there always counts. What a consumer or an operation of the component
 * left there is the Id of a record of its object, so that it counts for endpoints of the same object only, and never as an
 * external id: the route did not mean it for any other.
 */
final class IdHeader {

    /** Property that tells the component's own Ids from a route's: object and Id. Text, so that it survives any transport. */
    private static final String OWN = "CamelSfToolkitOwnId";

    private IdHeader() {}

    /** @param sObject of the record; null where it is not known */
    static void set(Exchange exchange, Object id, String sObject) {
        exchange.getMessage().setHeader(SfToolkitConstants.ID, id);
        if (sObject == null) {
            exchange.removeProperty(OWN);
        } else {
            exchange.setProperty(OWN, sObject + ':' + id);
        }
    }

    /**
     * The Id that the header gives to an operation; null where there is none for it.
     *
     * @param sObject         that the operation works on; null where it is not named
     * @param externalIdField field by which it knows records; null for their Id
     */
    static Object read(Exchange exchange, String sObject, String externalIdField) {
        Object id = exchange.getMessage().getHeader(SfToolkitConstants.ID);
        String own = exchange.getProperty(OWN, String.class);
        if (id == null || own == null || !own.endsWith(":" + id)) {
            return id;
        }
        String owner = own.substring(0, own.indexOf(':'));
        boolean byId = externalIdField == null || externalIdField.equalsIgnoreCase("Id");
        return byId && (sObject == null || sObject.equalsIgnoreCase(owner)) ? id : null;
    }
}
