package dev.tapeline.rest.http;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON object that a call sends; what is wrong with it becomes an answer 400. */
public final class JsonBody {

  private static final JsonMapper JSON = new JsonMapper();

  private final JsonNode object;

  private JsonBody(JsonNode object) {
    this.object = object;
  }

  /**
   * Reads the body of a call.
   *
   * @param allowed the members that it may have
   */
  public static JsonBody read(Context ctx, Bodies bodies, Set<String> allowed) {
    try (Bodies.Body body = bodies.read(ctx)) {
      JsonNode object = JSON.readTree(body.bytes());
      if (!object.isObject()) {
        throw new ProblemException(400, "the body must be a JSON object");
      }
      for (String name : object.propertyNames()) {
        if (!allowed.contains(name)) {
          throw new ProblemException(
              400,
              "unknown member '%s'; allowed are %s"
                  .formatted(name, String.join(", ", allowed.stream().sorted().toList())));
        }
      }
      return new JsonBody(object);
    } catch (JacksonException e) {
      throw new ProblemException(400, "the body is not valid JSON: " + e.getOriginalMessage());
    }
  }

  /** A text that has to be there. */
  public String text(String name) {
    String text = textOrNull(name);
    if (text == null) {
      throw new ProblemException(400, "'%s' is missing".formatted(name));
    }
    return text;
  }

  /** A text; null if it is absent. */
  public @Nullable String textOrNull(String name) {
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    if (!node.isString()) {
      throw new ProblemException(400, "'%s' must be a string".formatted(name));
    }
    return node.stringValue();
  }

  /** A list of texts; empty if it is absent. */
  public List<String> texts(String name) {
    JsonNode list = object.path(name);
    if (list.isMissingNode() || list.isNull()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode text : list) {
      if (!text.isString()) {
        throw new ProblemException(400, "'%s' must be a list of strings".formatted(name));
      }
      texts.add(text.stringValue());
    }
    if (!list.isArray()) {
      throw new ProblemException(400, "'%s' must be a list of strings".formatted(name));
    }
    return texts;
  }

  /** A whole number within a range; the default if it is absent. */
  public long number(String name, long byDefault, long least, long most) {
    JsonNode node = object.path(name);
    if (node.isMissingNode() || node.isNull()) {
      return byDefault;
    }
    if (!node.isIntegralNumber() || node.longValue() < least || node.longValue() > most) {
      throw new ProblemException(
          400, "'%s' is a whole number from %d to %d".formatted(name, least, most));
    }
    return node.longValue();
  }
}
