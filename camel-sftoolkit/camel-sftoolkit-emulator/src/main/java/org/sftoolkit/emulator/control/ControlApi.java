package org.sftoolkit.emulator.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.Endpoint;

/**
 * All that Java code can do with an emulator, over HTTP, for tests in other processes. Not of Salesforce; needs no session, is
 * neither logged nor counted.
 */
public final class ControlApi {

    private final List<Resource> resources = new ArrayList<>();

    public ControlApi(Controlled emulator) {
        resources.addAll(new RecordControl(emulator).resources());
        resources.addAll(new TransactionControl(emulator).resources());
        resources.addAll(new SettingControl(emulator).resources());
        resources.addAll(new LoginControl(emulator).resources());
        resources.addAll(new FaultControl(emulator).resources());
        resources.addAll(new TrafficControl(emulator).resources());
        resources.addAll(new EventControl(emulator).resources());
        resources.add(Resource.of(
                "GET",
                "/openapi.json",
                "settings",
                200,
                "This description.",
                (call, body) -> Answer.ok(OpenApi.document(resources))));
    }

    /** Their OpenAPI document. */
    public Map<String, Object> description() {
        return OpenApi.document(resources);
    }

    /** Their table. */
    public List<Endpoint> endpoints(LocalCallers callers) {
        return resources.stream().map(resource -> resource.endpoint(callers)).toList();
    }
}
