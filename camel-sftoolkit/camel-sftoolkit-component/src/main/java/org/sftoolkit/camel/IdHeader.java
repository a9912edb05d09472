package org.sftoolkit.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.sftoolkit.camel.body.UncachedStream;
import org.sftoolkit.camel.files.DownloadedFile;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.operation.Operation;

/**
 * The headers {@code CamelSfToolkitId} and {@code CamelSfToolkitJobId}. A value set by the route is always used. A
 * value set by the component is used only if the body contains no record and no Id, for endpoints of the same object,
 * and never as an external id.
 */
final class IdHeader {

    /** Property that marks Ids set by the component: object and Id. It is text, so that it survives any transport. */
    private static final String OWN = "CamelSfToolkitOwnId";

    private static final String OWN_JOB = "CamelSfToolkitOwnJobId";
    /** Replaces the object after another step has changed the body. */
    private static final String OUTDATED = "-";

    private static final Pattern ID =
            Pattern.compile("(/services/data/v[0-9.]+/sobjects/\\w+/)?[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?");
    private static final int LONGEST_ID = 64;

    private IdHeader() {}

    /** @param sObject of the record; null if it is not known */
    static void set(Exchange exchange, Object id, @Nullable String sObject) {
        exchange.getMessage().setHeader(SfToolkitConstants.ID, id);
        if (sObject == null) {
            exchange.removeProperty(OWN);
        } else {
            exchange.setProperty(OWN, sObject + ':' + id);
        }
    }

    /** Marks that the component's Id no longer belongs to the body. The header stays available to the route. */
    static void outdate(Exchange exchange) {
        Object id = exchange.getMessage().getHeader(SfToolkitConstants.ID);
        if (isOwn(exchange, id)) {
            exchange.setProperty(OWN, OUTDATED + ':' + id);
        }
    }

    /** Marks that an operation set the job ids in the header. */
    static void setJob(Exchange exchange, Object ids) {
        exchange.getMessage().setHeader(SfToolkitConstants.JOB_ID, ids);
        exchange.setProperty(OWN_JOB, String.valueOf(ids));
    }

    /**
     * The Id in the header for an operation; null if there is no usable Id, so that the body is used.
     *
     * @param sObject object of the operation; null if it is not given
     * @param externalIdField field that identifies records; null for their Id
     * @param left how an Id of an earlier step may be used
     */
    static @Nullable Object read(
            Exchange exchange, @Nullable String sObject, @Nullable String externalIdField, Operation.LeftId left) {
        Object id = exchange.getMessage().getHeader(SfToolkitConstants.ID);
        if (!isOwn(exchange, id)) {
            return id;
        }
        String own = exchange.getProperty(OWN, String.class);
        String owner = own.substring(0, own.indexOf(':'));
        boolean byId = externalIdField == null || externalIdField.equalsIgnoreCase("Id");
        boolean fits = byId && !owner.equals(OUTDATED) && (sObject == null || sObject.equalsIgnoreCase(owner));
        return fits && standsIn(exchange.getMessage().getBody(), left) ? id : null;
    }

    private static boolean isOwn(Exchange exchange, @Nullable Object id) {
        String own = exchange.getProperty(OWN, String.class);
        return id != null && own != null && own.endsWith(":" + id);
    }

    private static boolean standsIn(@Nullable Object body, Operation.LeftId left) {
        return switch (left) {
            case NEVER -> false;
            case FOR_NO_TEXT ->
                !(body instanceof CharSequence text && !text.toString().isBlank()) && !holdsKeys(body);
            case FOR_NO_KEY -> !holdsKeys(body);
        };
    }

    /** Whether a body contains records or Ids, as far as is known without consuming it. */
    private static boolean holdsKeys(@Nullable Object body) {
        if (body == null || body instanceof Number || body instanceof Boolean) {
            return false;
        }
        if (body instanceof CharSequence text) {
            return holdsKeys(text.toString());
        }
        if (body instanceof byte[] bytes) {
            return holdsKeys(new String(bytes, 0, Math.min(bytes.length, LONGEST_ID), StandardCharsets.UTF_8));
        }
        if (body instanceof Buffer bytes) {
            return holdsKeys(
                    bytes.slice(0, Math.min(bytes.length(), LONGEST_ID)).toString());
        }
        if (body instanceof JsonNode json) {
            return !json.isNull() && !json.isMissingNode();
        }
        // a downloaded body is content; any other stream or file may be JSON
        return !(body instanceof UncachedStream) && !(body instanceof DownloadedFile);
    }

    private static boolean holdsKeys(String text) {
        String bare = text.strip();
        return bare.startsWith("{") || bare.startsWith("[") || isId(bare);
    }

    private static boolean isId(@Nullable Object text) {
        return text instanceof CharSequence
                && ID.matcher(text.toString().strip()).matches();
    }

    /** The job ids of an exchange, from header or body, or null. */
    static @Nullable Object readJobs(Exchange exchange) {
        Object ids = exchange.getMessage().getHeader(SfToolkitConstants.JOB_ID);
        Object body = exchange.getMessage().getBody();
        boolean own = ids != null && String.valueOf(ids).equals(exchange.getProperty(OWN_JOB));
        if (ids == null || own && namesJobs(body)) {
            return body instanceof BulkResult result ? result.jobs() : body;
        }
        return ids;
    }

    private static boolean namesJobs(@Nullable Object body) {
        return body instanceof JobInfo
                || body instanceof BulkResult result && !result.jobs().isEmpty()
                || isId(body)
                || body instanceof Collection<?> many && many.stream().allMatch(IdHeader::namesJobs);
    }
}
