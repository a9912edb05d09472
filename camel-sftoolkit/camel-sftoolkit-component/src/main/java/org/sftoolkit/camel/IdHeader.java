package org.sftoolkit.camel;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.sftoolkit.camel.body.UncachedStream;
import org.sftoolkit.camel.files.DownloadedFile;
import org.sftoolkit.camel.model.BulkResult;
import org.sftoolkit.camel.model.JobInfo;
import org.sftoolkit.camel.operation.Operation;

/**
 * The headers {@code CamelSfToolkitId} and {@code CamelSfToolkitJobId}. What a route puts there always counts. What a consumer or
 * an operation of the component left there only says what the last step was about: it stands in for a body that holds no record
 * and no Id, for endpoints of the same object, and never as an external id.
 */
final class IdHeader {

    /** Property that tells the component's own Ids from a route's: object and Id. Text, so that it survives any transport. */
    private static final String OWN = "CamelSfToolkitOwnId";

    private static final String OWN_JOB = "CamelSfToolkitOwnJobId";
    /** Stands in place of the object once another step has made another body. */
    private static final String OUTDATED = "-";

    private static final Pattern ID =
            Pattern.compile("(/services/data/v[0-9.]+/sobjects/\\w+/)?[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?");
    private static final int LONGEST_ID = 64;

    private IdHeader() {}

    /** @param sObject of the record; null where it is not known */
    static void set(Exchange exchange, Object id, String sObject) {
        exchange.getMessage().setHeader(SfToolkitConstants.ID, id);
        if (sObject == null) {
            exchange.removeProperty(OWN);
        } else {
            exchange.setProperty(OWN, sObject + ':' + id);
        }
    }

    /** Says that the component's own Id belongs to the body no longer. The header stays, for the route to read. */
    static void outdate(Exchange exchange) {
        Object id = exchange.getMessage().getHeader(SfToolkitConstants.ID);
        if (isOwn(exchange, id)) {
            exchange.setProperty(OWN, OUTDATED + ':' + id);
        }
    }

    /** Says that a job or jobs in the header are what an operation left there. */
    static void setJob(Exchange exchange, Object ids) {
        exchange.getMessage().setHeader(SfToolkitConstants.JOB_ID, ids);
        exchange.setProperty(OWN_JOB, String.valueOf(ids));
    }

    /**
     * The Id that the header gives to an operation; null if there is none for it, so that the body counts.
     *
     * @param sObject         that the operation works on; null where it is not named
     * @param externalIdField field by which it knows records; null for their Id
     * @param left            what an Id may do that an earlier step left there
     */
    static Object read(Exchange exchange, String sObject, String externalIdField, Operation.LeftId left) {
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

    private static boolean isOwn(Exchange exchange, Object id) {
        String own = exchange.getProperty(OWN, String.class);
        return id != null && own != null && own.endsWith(":" + id);
    }

    private static boolean standsIn(Object body, Operation.LeftId left) {
        return switch (left) {
            case NEVER -> false;
            case FOR_NO_TEXT ->
                !(body instanceof CharSequence text && !text.toString().isBlank()) && !holdsKeys(body);
            case FOR_NO_KEY -> !holdsKeys(body);
        };
    }

    /** Whether a body holds records or Ids, as far as can be told without reading it up. */
    private static boolean holdsKeys(Object body) {
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
        // what was downloaded is content; any other stream or file may be JSON
        return !(body instanceof UncachedStream) && !(body instanceof DownloadedFile);
    }

    private static boolean holdsKeys(String text) {
        String bare = text.strip();
        return bare.startsWith("{") || bare.startsWith("[") || isId(bare);
    }

    private static boolean isId(Object text) {
        return text instanceof CharSequence
                && ID.matcher(text.toString().strip()).matches();
    }

    /** What names the jobs of an exchange: header or body; null if neither does. */
    static Object readJobs(Exchange exchange) {
        Object ids = exchange.getMessage().getHeader(SfToolkitConstants.JOB_ID);
        Object body = exchange.getMessage().getBody();
        boolean own = ids != null && String.valueOf(ids).equals(exchange.getProperty(OWN_JOB));
        if (ids == null || own && namesJobs(body)) {
            return body instanceof BulkResult result ? result.jobs() : body;
        }
        return ids;
    }

    private static boolean namesJobs(Object body) {
        return body instanceof JobInfo
                || body instanceof BulkResult result && !result.jobs().isEmpty()
                || isId(body)
                || body instanceof Collection<?> many && many.stream().allMatch(IdHeader::namesJobs);
    }
}
