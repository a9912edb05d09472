package org.sftoolkit.camel.events.wire;

import com.google.protobuf.ByteString;
import java.util.Base64;

/** Replay ids as texts. */
final class Base64Id {

    private Base64Id() {}

    /** The text of an id; null for an empty one. */
    static String of(ByteString id) {
        return id.isEmpty() ? null : Base64.getEncoder().encodeToString(id.toByteArray());
    }

    static ByteString bytes(String id) {
        return ByteString.copyFrom(Base64.getDecoder().decode(id));
    }
}
