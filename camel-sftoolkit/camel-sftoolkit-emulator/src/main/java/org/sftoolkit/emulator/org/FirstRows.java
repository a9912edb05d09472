package org.sftoolkit.emulator.org;

import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rows that every org has from the start, as far as the schema knows their objects and fields. */
final class FirstRows {

    private FirstRows() {}

    /** Inserts those of them whose objects are empty. */
    static Void insert(Org org, Transaction transaction) {
        Map<String, Object> organization = new LinkedHashMap<>();
        organization.put("Name", "Emulator");
        organization.put("OrganizationType", "Developer Edition");
        organization.put("InstanceName", "EMU1");
        organization.put("IsSandbox", false);
        organization.put("LanguageLocaleKey", "en_US");
        organization.put("DefaultLocaleSidKey", "en_US");
        organization.put("TimeZoneSidKey", "GMT");
        organization.put("FiscalYearStartMonth", 1);
        insert(org, transaction, "Organization", organization);
        insert(org, transaction, "Profile", Map.of("Name", "System Administrator", "UserType", "Standard"));
        insert(
                org,
                transaction,
                "Pricebook2",
                Map.of("Name", "Standard Price Book", "IsStandard", true, "IsActive", true));
        return null;
    }

    private static void insert(Org org, Transaction transaction, String name, Map<String, Object> record) {
        ObjectSchema object = org.schema().object(name).orElse(null);
        if (object != null && org.table(object).alive() == 0) {
            transaction.insert(object, known(object, record));
        }
    }

    /** Adds a user, as a row of User if the schema has that object. Answers the user's id. */
    static String addUser(Org org, Transaction transaction, String userName) {
        return org.schema()
                .object("User")
                .map(object -> transaction.insert(object, user(object, userName, org.profileId())))
                .orElseGet(() -> org.newId("005"));
    }

    /** The time zone that the row of a user names, or null. */
    static ZoneId zone(Row user) {
        String zone = (String) user.get("TimeZoneSidKey");
        return zone == null ? null : ZoneId.of(zone);
    }

    private static Map<String, Object> user(ObjectSchema object, String userName, String profileId) {
        String stem = userName.replaceAll("@.*", "");
        Map<String, Object> user = new LinkedHashMap<>();
        user.put("Username", userName);
        user.put("LastName", stem);
        user.put("Email", userName);
        user.put("Alias", stem.substring(0, Math.min(8, stem.length())));
        user.put("IsActive", true);
        if (profileId != null) {
            user.put("ProfileId", profileId);
        }
        return known(object, user);
    }

    private static Map<String, Object> known(ObjectSchema object, Map<String, Object> record) {
        Map<String, Object> known = new LinkedHashMap<>(record);
        known.keySet().removeIf(field -> object.field(field).isEmpty());
        return known;
    }
}
