package dev.tapeline.protocols.spi;

import dev.tapeline.core.Channel;
import dev.tapeline.json.RawJson;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/** A client's request to publish. The data is the client's text, byte for byte. */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Posting(Channel channel, byte[] data) {

  /**
   * Reads {@code channel} and {@code data}.
   *
   * @param text the JSON text of the whole message
   * @param message the same message, parsed
   * @param path the names of the nested objects down to the one that has both fields
   * @throws RejectedException saying what is wrong
   */
  public static Posting read(String text, JsonNode message, String... path) {
    JsonNode body = message;
    for (String name : path) {
      body = body.path(name);
    }
    String[] data = Arrays.copyOf(path, path.length + 1);
    data[path.length] = "data";
    return new Posting(
        ChannelName.read(body.path("channel")),
        RawJson.member(text, data)
            .orElseThrow(() ->
                new RejectedException(
                    RequestError.BAD_REQUEST, "\"data\" is missing: what to publish"))
            .getBytes(StandardCharsets.UTF_8));
  }
}
