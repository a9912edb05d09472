package org.sftoolkit.emulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Supplier;
import org.sftoolkit.emulator.api.Instance;
import org.sftoolkit.emulator.api.RefreshTokens;
import org.sftoolkit.emulator.api.RuntimeSettings;
import org.sftoolkit.emulator.api.Sessions;
import org.sftoolkit.emulator.bulk.BulkService;
import org.sftoolkit.emulator.events.EventBus;
import org.sftoolkit.emulator.fault.FaultPlan;
import org.sftoolkit.emulator.org.ApiUsage;
import org.sftoolkit.emulator.org.Org;
import org.sftoolkit.emulator.org.OrgClock;
import org.sftoolkit.emulator.org.Schema;
import org.sftoolkit.emulator.soql.QueryCursors;
import org.sftoolkit.emulator.traffic.RequestLog;

/**
 * What the resources of the emulator itself, and its page, work on.
 *
 * @param schemaReader reads additions to the schema
 * @param keeper keeps what is set for the next start
 * @param moveInstance moves the org to another port; answers the new URL
 */
public record Controlled(
        Org org,
        OrgClock clock,
        RuntimeSettings settings,
        ApiUsage usage,
        Sessions sessions,
        RefreshTokens refreshTokens,
        Instance instance,
        QueryCursors cursors,
        BulkService bulk,
        FaultPlan faults,
        RequestLog requests,
        EventBus events,
        Snapshots snapshots,
        SchemaReader schemaReader,
        SettingKeeper keeper,
        Supplier<String> moveInstance) {

    /** Empties the org and the log and forgets the faults, the query cursors and the bulk jobs; sessions live on. */
    public void reset() {
        bulk.clear();
        cursors.expireAll();
        faults.clear();
        requests.reset();
        org.clear();
    }

    /** Reads additions to a schema. */
    @FunctionalInterface
    public interface SchemaReader {

        /**
         * The schema with what the JSON adds: a describe result, or {@code objects} and {@code fields} as the config file has them.
         *
         * @throws IllegalArgumentException when it is not understood, naming the place
         */
        Schema extended(Schema schema, JsonNode additions);
    }
}
