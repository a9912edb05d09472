package org.sftoolkit.emulator.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.RecordIds;

/** Who is logged in (Salesforce Help: "User Info Endpoint"). A dead token gets 403 and plain text here, not 401. */
final class UserInfoApi {

    private static final List<String> URLS = List.of(
            "enterprise:/services/Soap/c/{version}/",
            "metadata:/services/Soap/m/{version}/",
            "partner:/services/Soap/u/{version}/",
            "rest:/services/data/v{version}/",
            "sobjects:/services/data/v{version}/sobjects/",
            "search:/services/data/v{version}/search/",
            "query:/services/data/v{version}/query/",
            "recent:/services/data/v{version}/recent/",
            "tooling_soap:/services/Soap/T/{version}/",
            "tooling_rest:/services/data/v{version}/tooling/");

    private final Org org;
    private final Sessions sessions;
    private final Instance instance;

    UserInfoApi(Org org, Sessions sessions, Instance instance) {
        this.org = org;
        this.sessions = sessions;
        this.instance = instance;
    }

    Answer userInfo(ApiCall call) {
        Optional<String> token = BearerToken.of(call);
        if (token.isEmpty()) {
            return forbidden("Missing_OAuth_Token");
        }
        return sessions.peek(token.get())
                .map(session -> Answer.ok(json(call, session)))
                .orElseGet(() -> forbidden("Bad_OAuth_Token"));
    }

    /** The identity URL that a login answers (Salesforce Help: "Identity URLs"). */
    Answer identity(ApiCall call) {
        Optional<String> token = BearerToken.of(call).or(() -> call.queryParam("oauth_token"));
        if (token.isEmpty()) {
            return forbidden("Missing_OAuth_Token");
        }
        Optional<Session> session = sessions.peek(token.get());
        if (session.isEmpty()) {
            return forbidden("Bad_OAuth_Token");
        }
        Optional<String> organization = RecordIds.normalised(call.param("organization"));
        Optional<String> user = RecordIds.normalised(call.param("user"));
        if (organization.filter(id -> id.startsWith("00D")).isEmpty()
                || user.filter(id -> id.startsWith("005")).isEmpty()) {
            return Answer.text(404, "text/html;charset=UTF-8", "Bad_Id");
        }
        if (!organization.get().equals(org.organizationId())) {
            return forbidden("Wrong_Org");
        }
        // Nobody has permission to see the identity of others here.
        return user.get().equals(session.get().userId())
                ? Answer.ok(identity(call, session.get()))
                : Answer.text(404, "text/html;charset=UTF-8", known(user.get()) ? "No_Access" : "Bad_Id");
    }

    private boolean known(String user) {
        return org.schema()
                .object("User")
                .flatMap(object -> org.row(object, user))
                .isPresent();
    }

    private Map<String, Object> identity(ApiCall call, Session session) {
        Map<String, Object> info = json(call, session);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", info.get("sub"));
        json.put("asserted_user", true);
        json.put("user_id", session.userId());
        json.put("organization_id", org.organizationId());
        json.put("username", session.userName());
        json.put("nick_name", info.get("nickname"));
        json.put("display_name", info.get("name"));
        json.put("email", info.get("email"));
        json.put("email_verified", true);
        json.put("first_name", null);
        json.put("last_name", info.get("family_name"));
        json.put("timezone", info.get("zoneinfo"));
        json.put("photos", info.get("photos"));
        for (String absent : List.of("street", "city", "state", "country", "zip")) {
            json.put("addr_" + absent, null);
        }
        json.put("mobile_phone", null);
        json.put("mobile_phone_verified", false);
        json.put("is_lightning_login_user", false);
        json.put("status", Collections.singletonMap("body", null));
        json.put("urls", info.get("urls"));
        json.put("active", true);
        json.put("user_type", "STANDARD");
        json.put("language", "en_US");
        json.put("locale", "en_US");
        json.put("utcOffset", 0);
        json.put("last_modified_date", info.get("updated_at"));
        json.put("is_app_installed", true);
        return json;
    }

    private static Answer forbidden(String text) {
        return Answer.text(403, "text/html;charset=UTF-8", text);
    }

    private Map<String, Object> json(ApiCall call, Session session) {
        String name = session.userName().replaceAll("@.*", "");
        String identity = call.baseUrl() + "/id/" + org.organizationId() + "/" + session.userId();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("sub", identity);
        json.put("user_id", session.userId());
        json.put("organization_id", org.organizationId());
        json.put("preferred_username", session.userName());
        json.put("nickname", name);
        json.put("name", name);
        json.put("email", session.userName());
        json.put("email_verified", true);
        json.put("given_name", null);
        json.put("family_name", name);
        json.put("zoneinfo", "GMT");
        json.put(
                "photos",
                Map.of(
                        "picture",
                        instance.url() + "/profilephoto/005/F",
                        "thumbnail",
                        instance.url() + "/profilephoto/005/T"));
        json.put("profile", instance.url() + "/" + session.userId());
        json.put("picture", instance.url() + "/profilephoto/005/F");
        json.put("address", Map.of());
        json.put("urls", urls());
        json.put("active", true);
        json.put("user_type", "STANDARD");
        json.put("language", "en_US");
        json.put("locale", "en_US");
        json.put("utcOffset", 0);
        json.put("updated_at", session.issuedAt().toString());
        json.put("is_app_installed", true);
        return json;
    }

    private Map<String, Object> urls() {
        Map<String, Object> urls = new LinkedHashMap<>();
        for (String entry : URLS) {
            int colon = entry.indexOf(':');
            String path = entry.substring(colon + 1);
            String suffix = path.contains("/Soap/") ? org.organizationId() : "";
            urls.put(entry.substring(0, colon), instance.url() + path + suffix);
        }
        urls.put("custom_domain", instance.url());
        return urls;
    }
}
