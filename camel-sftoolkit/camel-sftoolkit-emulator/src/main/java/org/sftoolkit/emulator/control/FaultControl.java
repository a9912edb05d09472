package org.sftoolkit.emulator.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sftoolkit.emulator.api.Answer;
import org.sftoolkit.emulator.api.ApiCall;
import org.sftoolkit.emulator.api.ApiException;
import org.sftoolkit.emulator.fault.FaultJson;
import org.sftoolkit.emulator.fault.FaultKind;
import org.sftoolkit.emulator.fault.FaultPlan;
import org.sftoolkit.emulator.org.ObjectSchema;
import org.sftoolkit.emulator.org.Org;

/** The faults to come. */
final class FaultControl {

    private static final String FAULTS = "faults";
    private static final Map<String, Object> EXAMPLE = new LinkedHashMap<>();

    static {
        EXAMPLE.put("fault", "status");
        EXAMPLE.put("status", 503);
        EXAMPLE.put("when", "POST composite/sobjects");
        EXAMPLE.put("times", 3);
    }

    private final FaultPlan faults;
    private final Org org;

    FaultControl(Controlled emulator) {
        this.faults = emulator.faults();
        this.org = emulator.org();
    }

    List<Resource> resources() {
        return List.of(
                Resource.of("GET", "/faults", FAULTS, 200, "The faults to come.", this::list),
                Resource.of(
                                "POST",
                                "/faults",
                                FAULTS,
                                201,
                                "Adds a fault, of a kind that GET /faults/kinds lists.",
                                this::add)
                        .java("FaultPlan.next", "FaultPlan.always", "FaultPlan.percent", "FaultPlan.lockRows")
                        .anyBody(EXAMPLE),
                Resource.of(
                        "GET",
                        "/faults/kinds",
                        FAULTS,
                        200,
                        "The kinds of faults and what each is told by.",
                        this::kinds),
                Resource.of("DELETE", "/faults", FAULTS, 204, "Forgets all faults.", this::clear)
                        .java("FaultPlan.clear"));
    }

    private Answer list(ApiCall call, Values body) {
        List<Map<String, Object>> json = new ArrayList<>();
        faults.rules().forEach(rule -> json.add(FaultJson.of(rule)));
        faults.locks().forEach(lock -> json.add(FaultJson.of(lock)));
        return Answer.ok(json);
    }

    private Answer add(ApiCall call, Values body) {
        try {
            if (body.all().get("object") instanceof String object) {
                ObjectSchema known = org.object(object);
                if (body.all().get("field") instanceof String field
                        && known.field(field).isEmpty()) {
                    throw new IllegalArgumentException(known.name() + " has no field '" + field + "'");
                }
            }
            FaultJson.addTo(faults, body.all());
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "INVALID_FAULT", e.getMessage());
        }
        return Answer.empty(201);
    }

    private Answer kinds(ApiCall call, Values body) {
        List<Object> json = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("fault", kind.wireName());
            one.put("effect", kind.effect());
            one.put("parameters", kind.parameters());
            json.add(one);
        }
        return Answer.ok(json);
    }

    private Answer clear(ApiCall call, Values body) {
        faults.clear();
        return Answer.noContent();
    }
}
