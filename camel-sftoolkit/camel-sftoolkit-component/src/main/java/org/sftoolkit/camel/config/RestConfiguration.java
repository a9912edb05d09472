package org.sftoolkit.camel.config;

import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.operation.CompositeType;
import org.sftoolkit.camel.operation.RestOptions;
import org.sftoolkit.camel.operation.SearchIn;

/** Options of the operations that are close to one REST resource: search, composite, raw. */
@UriParams
public abstract class RestConfiguration extends BulkConfiguration {

    @UriParam(label = "rest")
    @Metadata(
            description = "The SOSL to run (search); :name binds a value, within the braces of FIND as a search term."
                    + " Without it and without q, the body is the SOSL")
    private @Nullable String sosl;

    @UriParam(label = "rest")
    @Metadata(
            description =
                    "Text to search for, without SOSL (search); :name binds a search term. The object of the URI and"
                            + " fields define what is returned, limit the number of rows")
    private @Nullable String q;

    @UriParam(label = "rest")
    @Metadata(description = "Fields in which q is searched (search); by default all")
    private @Nullable SearchIn in;

    @UriParam(label = "rest", defaultValue = "AUTO")
    @Metadata(description = "Kind of the composite request; AUTO finds it from the keys of the body (composite)")
    private CompositeType compositeType = CompositeType.AUTO;

    @UriParam(label = "rest", defaultValue = "GET")
    @Metadata(description = "HTTP method (raw)", enums = "GET,POST,PUT,PATCH,DELETE,HEAD")
    private String method = "GET";

    @UriParam(label = "rest")
    @Metadata(
            description =
                    "Path of the resource, with its query string (raw): relative to the instance if it begins with"
                            + " /services/, else to the version of the data API, such as sobjects/Account/describe")
    private @Nullable String path;

    public @Nullable String getSosl() {
        return sosl;
    }

    public void setSosl(String sosl) {
        this.sosl = sosl;
    }

    public @Nullable String getQ() {
        return q;
    }

    public void setQ(String q) {
        this.q = q;
    }

    public @Nullable SearchIn getIn() {
        return in;
    }

    public void setIn(SearchIn in) {
        this.in = in;
    }

    public CompositeType getCompositeType() {
        return compositeType;
    }

    public void setCompositeType(CompositeType compositeType) {
        this.compositeType = compositeType;
    }

    public String getMethod() {
        return method;
    }

    public void setMethod(String method) {
        this.method = method;
    }

    public @Nullable String getPath() {
        return path;
    }

    public void setPath(String path) {
        this.path = path;
    }

    /** These options as operations take them. */
    public RestOptions restOptions() {
        return new RestOptions(sosl, q, in, compositeType, method, path);
    }
}
