package dev.tapeline.hub.message;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.core.Stamps;
import dev.tapeline.fuzz.Input;
import dev.tapeline.hub.frame.OneLine;
import dev.tapeline.json.CanonicalJson;
import dev.tapeline.json.JsonText;
import dev.tapeline.json.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is read of publications on their way. */
public final class MessageDecoders {

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(JsonText.MAX_DEPTH)
                          .maxNumberLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private MessageDecoders() {}

  /** The check for JSON agrees with Jackson, and what it lets out is JSON. */
  public static void payload(Input input) {
    byte[] bytes = input.bytes();
    boolean json = JsonText.isValid(bytes);
    check(json == isJson(bytes), "%s for JSON, unlike Jackson", json ? "taken" : "not taken");
    Payload payload = Payload.of(bytes);
    check(JsonText.isValid(payload.json()), "a payload that is no JSON");
    byte[] line = OneLine.of(payload.json());
    for (byte b : line) {
      check(b != '\n' && b != '\r', "a line with a break in it");
    }
    check(line.length == payload.json().length && JsonText.isValid(line), "another value");
  }

  private static boolean isJson(byte[] bytes) {
    Optional<String> text = utf8(bytes);
    check(text.isPresent() == Utf8.isValid(bytes), "UTF-8 or not");
    try (JsonParser parser = JSON.createParser(text.orElse(""))) {
      boolean begins = parser.nextToken() != null;
      parser.skipChildren();
      return begins && parser.nextToken() == null;
    } catch (JacksonException e) {
      return false;
    }
  }

  private static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Publications of a channel of which clients get what has changed: a mirror keeps up. */
  public static void deltas(Input input) {
    List<Message> messages = messages(input);
    DeltaBase last = new DeltaBase(null);
    JsonNode mirror = null;
    for (Message message : messages) {
      Optional<Patch> patch = last.next(message);
      JsonNode whole = read(message.payload().json());
      if (patch.isPresent() && mirror != null) {
        JsonNode patched = merged(mirror, JSON.readTree(patch.get().json()));
        check(patched.equals(whole), "%s of a patch, not %s", patched, whole);
      }
      mirror = whole;
      if (whole != null) {
        checkCanonical(whole);
      }
    }
  }

  private static @Nullable JsonNode read(byte[] json) {
    try {
      return JSON.readTree(json);
    } catch (JacksonException | NumberFormatException e) {
      return null;
    }
  }

  /** RFC 7396, section 2. */
  private static JsonNode merged(JsonNode target, JsonNode patch) {
    if (!(patch instanceof ObjectNode changes)) {
      return patch;
    }
    ObjectNode result =
        target instanceof ObjectNode object ? object.deepCopy() : JSON.createObjectNode();
    changes
        .properties()
        .forEach(change -> {
          JsonNode before = result.get(change.getKey());
          if (change.getValue().isNull()) {
            result.remove(change.getKey());
          } else {
            result.set(
                change.getKey(),
                merged(before == null ? JSON.nullNode() : before, change.getValue()));
          }
        });
    return result;
  }

  private static void checkCanonical(JsonNode value) {
    if (CanonicalJson.checksum(value).isEmpty()) {
      return; // a number that has no canonical form
    }
    String once = CanonicalJson.of(value);
    String twice = CanonicalJson.of(JSON.readTree(once));
    check(once.equals(twice), "%s is %s when read again", once, twice);
  }

  /** Publications of a channel of bars. */
  public static void bars(Input input) {
    BarFold fold = new BarFold();
    for (Message message : messages(input)) {
      fold.add(message);
      List<Message> bars = fold.since(0);
      check(!bars.isEmpty() && bars.size() <= BarFold.KEPT, "%d bars", bars.size());
      check(bars.getLast().seq() == message.seq(), "not the newest bar");
      for (Message bar : bars) {
        check(JsonText.isValid(bar.payload().json()), "a bar that is no JSON");
      }
    }
  }

  private static List<Message> messages(Input input) {
    List<Message> messages = new ArrayList<>();
    for (String part : input.parts()) {
      Payload payload = Payload.of(part.getBytes(StandardCharsets.UTF_8));
      messages.add(new Message(messages.size() + 1, payload, Stamps.NONE, 0, 0));
    }
    return messages;
  }
}
