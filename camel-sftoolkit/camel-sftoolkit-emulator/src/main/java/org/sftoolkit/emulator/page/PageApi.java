package org.sftoolkit.emulator.page;

import java.util.List;
import org.sftoolkit.emulator.api.Endpoint;
import org.sftoolkit.emulator.control.ControlApi;
import org.sftoolkit.emulator.control.Controlled;
import org.sftoolkit.emulator.control.LocalCallers;

/** The page for people. Served to callers of this machine as the other resources of the emulator itself are. */
public final class PageApi {

    private final List<Panel> panels;

    public PageApi(Controlled emulator, ControlApi control) {
        this.panels = List.of(
                new Assets(),
                new RecordsPanel(emulator),
                new QueryPanel(emulator),
                new RequestsPanel(emulator),
                new FaultsPanel(emulator),
                new JobsPanel(emulator),
                new EventsPanel(emulator),
                new LimitsPanel(emulator),
                new OrgPanel(emulator),
                new ControlPanel(control));
    }

    /** Its table of resources. */
    public List<Endpoint> endpoints(LocalCallers callers) {
        return panels.stream()
                .flatMap(panel -> panel.endpoints().stream())
                .map(endpoint -> guarded(endpoint, callers))
                .toList();
    }

    private static Endpoint guarded(Endpoint endpoint, LocalCallers callers) {
        return Endpoint.admin(endpoint.method(), endpoint.template(), callers.guardedForm(endpoint.handler()))
                .offLoop();
    }
}
