package org.sftoolkit.camel.config;

import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.StateRepository;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;

/** Options of bulk jobs that outlive the process. */
@UriParams
public abstract class JobStoreConfiguration extends QueryConfiguration {

    private static final int LONGEST_NAME = 150;

    @UriParam(label = "bulk")
    @Metadata(
            description = "Store of bulk jobs under way, by which a later process finds those that a stop, a crash or"
                    + " await=false left. One that compares before it writes, such as JdbcStateRepository, can be"
                    + " shared by several nodes")
    private @Nullable StateRepository<String, String> jobStore;

    @UriParam(label = "bulk")
    @Metadata(
            description = "File in which bulk jobs under way are stored if there is no jobStore; for processes of one"
                    + " machine")
    private @Nullable String jobFile;

    @UriParam(label = "bulk", defaultValue = "jobs")
    @Metadata(description = "Key of the bulk jobs in their store. Jobs of different orgs need different keys")
    private String jobKey = "jobs";

    @UriParam(label = "bulk")
    @Metadata(
            description = "Name of a load or bulk query, unique in its jobStore, such as nightly-2026-11-29. A second"
                    + " start under the same name is refused; after a crash it continues with the jobs that are there"
                    + " already. The header CamelSfToolkitLoadName overrides it")
    private @Nullable String loadName;

    @UriParam(label = "bulk")
    @Metadata(
            description = "Whether a bulkQuery leaves its job to run, and its pages are delivered one by one by"
                    + " sftoolkit:jobs, each to one of the nodes that share the jobStore")
    private boolean partition;

    @UriParam(label = "bulk")
    @Metadata(
            description =
                    "Whether each row of a BulkResult tells its place in the input (index). It costs some 200 bytes"
                            + " of memory a row until the exchange ends")
    private boolean matchRows;

    public @Nullable StateRepository<String, String> getJobStore() {
        return jobStore;
    }

    public void setJobStore(StateRepository<String, String> jobStore) {
        this.jobStore = jobStore;
    }

    public @Nullable String getJobFile() {
        return jobFile;
    }

    public void setJobFile(String jobFile) {
        this.jobFile = jobFile;
    }

    public String getJobKey() {
        return jobKey;
    }

    public void setJobKey(String jobKey) {
        this.jobKey = jobKey;
    }

    public @Nullable String getLoadName() {
        return loadName;
    }

    public void setLoadName(String loadName) {
        this.loadName = loadName;
    }

    public boolean isPartition() {
        return partition;
    }

    public void setPartition(boolean partition) {
        this.partition = partition;
    }

    /** Whether jobs are kept in a store. */
    public boolean hasJobStore() {
        return jobStore != null || jobFile != null;
    }

    public boolean isMatchRows() {
        return matchRows;
    }

    public void setMatchRows(boolean matchRows) {
        this.matchRows = matchRows;
    }

    /** Refuses a name that cannot be kept. */
    public static void requireLoadName(String name, boolean stored) {
        if (name.isBlank() || name.length() > LONGEST_NAME) {
            throw new IllegalArgumentException(
                    "loadName=" + name + " is not allowed: use 1 to " + LONGEST_NAME + " characters");
        }
        if (!stored) {
            throw new IllegalArgumentException(
                    "loadName=" + name + " needs a store in which names are kept: set jobStore or jobFile");
        }
    }

    /** Refuses what cannot be kept. */
    void requireJobStoreOptions() {
        if (loadName != null) {
            requireLoadName(loadName, hasJobStore());
        }
    }
}
