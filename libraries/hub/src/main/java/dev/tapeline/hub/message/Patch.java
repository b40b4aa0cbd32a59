package dev.tapeline.hub.message;

import dev.tapeline.json.CanonicalJson;
import org.jspecify.annotations.Nullable;

/**
 * The changes between two values of a channel.
 *
 * @param json a JSON merge patch (RFC 7396)
 * @param checksum the checksum of the whole value after the change, see {@link CanonicalJson}; null
 *     if the patch has none
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never compared
public record Patch(byte[] json, @Nullable String checksum) {}
