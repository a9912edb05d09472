package org.sftoolkit.emulator.api;

import static org.sftoolkit.emulator.api.Endpoint.data;
import static org.sftoolkit.emulator.api.Endpoint.open;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sftoolkit.emulator.bulk.BulkService;
import org.sftoolkit.emulator.events.EventBus;
import org.sftoolkit.emulator.org.ApiUsage;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.soql.QueryCursors;

/** The table of supported endpoints. */
public final class Routes {

    /** What the handlers work on. */
    public record Backend(
            Org org,
            ApiUsage usage,
            Sessions sessions,
            RefreshTokens refreshTokens,
            Instance instance,
            QueryCursors cursors,
            RuntimeSettings settings,
            BulkService bulk,
            EventBus events) {}

    private Routes() {}

    /** All of Salesforce's resources that the emulator has; a path stands before others that would fit too. */
    public static List<Endpoint> all(Backend backend) {
        OAuthApi oauth = new OAuthApi(
                backend.org(),
                backend.sessions(),
                backend.refreshTokens(),
                backend.settings()::loginRules,
                backend.instance());
        UserInfoApi users = new UserInfoApi(backend.org(), backend.sessions(), backend.instance());
        SoapLoginApi soap =
                new SoapLoginApi(backend.org(), backend.sessions(), backend.settings()::loginRules, backend.instance());
        DescribeApi describe = new DescribeApi(backend.org());
        LimitsApi limits = new LimitsApi(backend.org(), backend.usage(), backend.events());
        CollectionsApi collections = new CollectionsApi(backend.org());
        RecordApi records = new RecordApi(backend.org());
        ReplicationApi replication = new ReplicationApi(backend.org());
        QueryApi queries = new QueryApi(backend.org(), backend.cursors(), backend.settings()::pageSize);
        SearchApi searches = new SearchApi(queries);
        EventApi events = new EventApi(backend.org(), backend.events());
        RecentApi recent = new RecentApi(backend.org());
        List<Endpoint> table = new ArrayList<>(List.of(
                open("POST", "/services/oauth2/token", oauth::token),
                open("POST", "/services/oauth2/revoke", oauth::revoke),
                open("GET", "/services/oauth2/revoke", oauth::revoke),
                open("POST", "/services/oauth2/introspect", oauth::introspect),
                open("GET", "/services/oauth2/userinfo", users::userInfo),
                open("POST", "/services/oauth2/userinfo", users::userInfo),
                open("GET", "/id/{organization}/{user}", users::identity),
                open("POST", "/services/Soap/u/{soapVersion}", soap::call),
                open("POST", "/services/Soap/c/{soapVersion}", soap::call),
                open("GET", "/services/data", Versions::list),
                data("GET", "/limits", limits::limits),
                data("GET", "/limits/recordCount", limits::recordCount),
                data("GET", "/query", queries::query).offLoop(),
                data("GET", "/query/{locator}", queries::next).offLoop(),
                data("GET", "/queryAll", queries::queryAll).offLoop(),
                data("GET", "/queryAll/{locator}", queries::next).offLoop(),
                data("GET", "/tooling/query", queries::tooling).offLoop(),
                data("GET", "/tooling/query/{locator}", queries::next).offLoop(),
                data("GET", "/search", searches::search).offLoop(),
                data("GET", "/parameterizedSearch", searches::byParameters).offLoop(),
                data("POST", "/parameterizedSearch", searches::byBody).offLoop(),
                data("GET", "/recent", recent::recent).offLoop(),
                data("GET", "/sobjects", describe::global),
                data("GET", "/sobjects/{object}", describe::basics),
                data("POST", "/sobjects/{object}", records::create),
                data("GET", "/sobjects/{object}/describe", describe::describe),
                data("GET", "/sobjects/{object}/eventSchema", events::schemaOf),
                data("GET", "/sobjects/{object}/updated", replication::updated).offLoop(),
                data("GET", "/sobjects/{object}/deleted", replication::deleted).offLoop(),
                data("GET", "/sobjects/{object}/{id}", records::read),
                data("PATCH", "/sobjects/{object}/{id}", records::update),
                data("DELETE", "/sobjects/{object}/{id}", records::delete),
                data("POST", "/sobjects/{object}/{field}", records::createById),
                data("GET", "/sobjects/{object}/{field}/{value}", records::readByKey),
                data("PATCH", "/sobjects/{object}/{field}/{value}", records::upsert),
                data("DELETE", "/sobjects/{object}/{field}/{value}", records::deleteByKey),
                data("POST", "/composite/sobjects", collections::insert),
                data("PATCH", "/composite/sobjects", collections::update),
                data("DELETE", "/composite/sobjects", collections::delete),
                data("GET", "/composite/sobjects/{object}", collections::readByIds),
                data("POST", "/composite/sobjects/{object}", collections::readByBody),
                data("PATCH", "/composite/sobjects/{object}/{field}", collections::upsert)));
        table.add(data("GET", "/event/eventSchema/{schemaId}", events::schema));
        table.addAll(0, new LayoutApi(backend.org()).endpoints());
        table.addAll(new BulkApi(backend.org(), backend.bulk()).endpoints());
        table.addAll(new ClassicBulkApi(
                        backend.org(),
                        backend.bulk().classic(),
                        backend.sessions(),
                        backend.instance(),
                        backend.usage())
                .endpoints());
        table.addAll(new BulkQueryApi(backend.bulk()).endpoints());
        table.addAll(composites(backend, table));
        table.add(data("GET", "", resources(backend, table)));
        return List.copyOf(table);
    }

    /**
     * The resources that contain other requests. They know only the others, so they cannot be nested in themselves.
     */
    private static List<Endpoint> composites(Backend backend, List<Endpoint> others) {
        Dispatcher within = new Dispatcher(others, backend.sessions(), backend.usage(), backend.instance());
        CompositeApi composites = new CompositeApi(backend.org(), within);
        BatchApi batches = new BatchApi(within, backend.usage());
        GraphApi graphs = new GraphApi(backend.org(), within);
        TreeApi trees = new TreeApi(backend.org());
        return List.of(
                data("GET", "/composite", CompositeApi::resources),
                data("POST", "/composite", composites::composite).offLoop(),
                data("POST", "/composite/batch", batches::batch).offLoop(),
                data("POST", "/composite/graph", graphs::graph).offLoop(),
                data("POST", "/composite/tree/{object}", trees::insert).offLoop());
    }

    /** {@code GET /services/data/vXX.X}: what stands directly under a version. */
    private static ApiHandler resources(Backend backend, List<Endpoint> table) {
        List<String> names = table.stream()
                .map(Endpoint::template)
                .filter(template -> template.startsWith("/services/data/{version}/"))
                .map(template -> template.split("/")[4])
                .distinct()
                .toList();
        Function<ApiCall, String> identity = call -> backend.instance().url() + "/id/"
                + backend.org().organizationId() + "/" + call.session().userId();
        return call -> {
            Map<String, Object> json = new LinkedHashMap<>();
            names.forEach(name -> json.put(name, call.root() + "/" + name));
            json.put("identity", identity.apply(call));
            return Answer.ok(json);
        };
    }
}
