package org.sftoolkit.quarkus;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import org.sftoolkit.emulator.SalesforceEmulator;

/** An embedded org that starts before the application, and is where it logs in. */
public class OrgResource implements QuarkusTestResourceLifecycleManager {

    private SalesforceEmulator org;

    @Override
    public Map<String, String> start() {
        org = SalesforceEmulator.builder().start();
        return Map.of(
                "camel.component.sftoolkit.loginUrl", org.url(),
                "camel.component.sftoolkit.clientId", "emulator-client",
                "camel.component.sftoolkit.clientSecret", "emulator-secret");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(org, new TestInjector.MatchesType(SalesforceEmulator.class));
    }

    @Override
    public void stop() {
        org.close();
    }
}
