package org.sftoolkit.camel.config;

import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.operation.Api;
import org.sftoolkit.camel.operation.OutputType;
import org.sftoolkit.camel.operation.QueryOptions;

/** Options of the operations that read by query. */
@UriParams
public abstract class QueryConfiguration extends FileConfiguration {

    private static final int MOST_PREFETCH = 100;

    @UriParam(label = "query")
    @Metadata(
            description =
                    "The SOQL to run; :name binds a value of the body map, a header or an exchange property. Without"
                            + " it the query is built from the object, fields, where, orderBy and limit, or taken from the"
                            + " body")
    private @Nullable String soql;

    @UriParam(label = "query")
    @Metadata(description = "Condition of a query built from the object, such as Industry = :industry")
    private @Nullable String where;

    @UriParam(label = "query")
    @Metadata(
            description = "Order of a query built from the object, such as Name, Id DESC. For save: parentFirst sends"
                    + " records that are parents of others in the list before these")
    private @Nullable String orderBy;

    @UriParam(label = "query")
    @Metadata(description = "Maximum number of rows of a query built from the object")
    private @Nullable Integer limit;

    @UriParam(label = "query")
    @Metadata(
            description =
                    "Form of the result. query: LIST (default), STREAM (an iterator that fetches rows on demand), ONE")
    private @Nullable OutputType outputType;

    @UriParam(label = "query")
    @Metadata(description = "Whether to read deleted and archived rows too")
    private boolean includeDeleted;

    @UriParam(label = "query", defaultValue = "DATA")
    @Metadata(description = "The API to query: DATA, or TOOLING for metadata")
    private Api api = Api.DATA;

    @UriParam(label = "query", javaType = "java.lang.Integer")
    @Metadata(description = "Maximum number of rows in a page, 200 to 2,000; Salesforce may return fewer")
    private @Nullable Integer queryBatchSize;

    @UriParam(label = "query", javaType = "java.lang.Integer")
    @Metadata(
            description =
                    "Number of pages that a stream reads ahead of its reader (query), 1 by default; most events of a"
                            + " channel that are asked for, waiting or under way at a time (subscribe), 100 by default and"
                            + " at most")
    private @Nullable Integer prefetch;

    @UriParam(label = "query", defaultValue = "50000")
    @Metadata(
            description =
                    "Maximum number of rows in a LIST; a longer result is an error that suggests outputType=STREAM")
    private int maxListSize = 50_000;

    @UriParam(label = "query")
    @Metadata(
            description =
                    "Name of a bound collection whose IN list is split over several queries if it is too long for one")
    private @Nullable String splitIn;

    public @Nullable String getSoql() {
        return soql;
    }

    public void setSoql(String soql) {
        this.soql = soql;
    }

    public @Nullable String getWhere() {
        return where;
    }

    public void setWhere(String where) {
        this.where = where;
    }

    public @Nullable String getOrderBy() {
        return orderBy;
    }

    public void setOrderBy(String orderBy) {
        this.orderBy = orderBy;
    }

    public @Nullable Integer getLimit() {
        return limit;
    }

    public void setLimit(Integer limit) {
        this.limit = limit;
    }

    public @Nullable OutputType getOutputType() {
        return outputType;
    }

    public void setOutputType(OutputType outputType) {
        this.outputType = outputType;
    }

    public boolean isIncludeDeleted() {
        return includeDeleted;
    }

    public void setIncludeDeleted(boolean includeDeleted) {
        this.includeDeleted = includeDeleted;
    }

    public Api getApi() {
        return api;
    }

    public void setApi(Api api) {
        this.api = api;
    }

    public @Nullable Integer getQueryBatchSize() {
        return queryBatchSize;
    }

    public void setQueryBatchSize(Integer queryBatchSize) {
        this.queryBatchSize = queryBatchSize;
    }

    public @Nullable Integer getPrefetch() {
        return prefetch;
    }

    public void setPrefetch(Integer prefetch) {
        this.prefetch = prefetch;
    }

    public int getMaxListSize() {
        return maxListSize;
    }

    public void setMaxListSize(int maxListSize) {
        this.maxListSize = maxListSize;
    }

    public @Nullable String getSplitIn() {
        return splitIn;
    }

    public void setSplitIn(String splitIn) {
        this.splitIn = splitIn;
    }

    /** Most rows a page; 0 for as many as Salesforce gives. */
    public int pageSize() {
        return queryBatchSize == null ? 0 : queryBatchSize;
    }

    /** These options as operations take them, validated. */
    public QueryOptions queryOptions() {
        if (queryBatchSize != null && (queryBatchSize < 200 || queryBatchSize > 2000)) {
            throw new IllegalArgumentException("queryBatchSize=" + queryBatchSize + " is not allowed: use 200 to 2000");
        }
        int pages = prefetch == null ? 1 : prefetch;
        if (pages < 0 || pages > MOST_PREFETCH) {
            throw new IllegalArgumentException(
                    "prefetch=" + pages + ": use 0 to " + MOST_PREFETCH + " pages, each of which is held in memory");
        }
        if (limit != null) {
            OptionRules.requireNotNegative("limit", limit);
        }
        OptionRules.requirePositive("maxListSize", maxListSize);
        return new QueryOptions(
                soql, where, orderBy, limit, outputType, includeDeleted, api, pageSize(), pages, maxListSize, splitIn);
    }
}
