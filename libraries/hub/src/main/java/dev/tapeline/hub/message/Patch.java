package dev.tapeline.hub.message;

import dev.tapeline.json.CanonicalJson;
import java.util.Optional;

/**
 * The changes between two values of a channel.
 *
 * @param json a JSON merge patch (RFC 7396)
 * @param checksum the checksum of the whole value after the change, which not every patch has; see
 *     {@link CanonicalJson}
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never compared
public record Patch(byte[] json, Optional<String> checksum) {}
