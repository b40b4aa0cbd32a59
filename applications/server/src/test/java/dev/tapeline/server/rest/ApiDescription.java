package dev.tapeline.server.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The description of the REST API, as the server has it, and the answers that it has described. */
final class ApiDescription {

  private static final JsonMapper JSON = new JsonMapper();

  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Set<String> seen = new TreeSet<>();
  private final JsonNode document;

  private ApiDescription(JsonNode document) {
    this.document = document;
  }

  static ApiDescription of(RestRig rig) throws Exception {
    return new ApiDescription(JSON.readTree(rig.get("/openapi.json").body()));
  }

  /** The part of the document at a path of JSON. */
  JsonNode at(String pointer) {
    return document.at(pointer);
  }

  boolean isValid(JsonNode schema, JsonNode value) {
    return schemas.getSchema(schema).validate(value).isEmpty();
  }

  /** Checks that an answer is described, and as it is described. */
  void check(String method, String path, HttpResponse<String> answer) {
    String call = "%s %s %d".formatted(method, path, answer.statusCode());
    JsonNode response = response(method, path, answer.statusCode());
    assertFalse(response.isMissingNode(), call + " is not described: " + answer.body());
    String type = answer.headers().firstValue("Content-Type").orElse("").split(";")[0];
    JsonNode schema = response.path("content").path(type).path("schema");
    assertFalse(schema.isMissingNode(), call + " has an undescribed type " + type);
    if (type.endsWith("json")) {
      validate(call, schema, answer.body());
    }
    response
        .path("headers")
        .propertyNames()
        .forEach(name -> assertTrue(answer.headers().firstValue(name).isPresent(), name));
    seen.add(call);
  }

  /** The same for the parts of an answer. */
  void check(String method, String path, int status, String type, String body) {
    String call = "%s %s %d".formatted(method, path, status);
    validate(call, response(method, path, status).path("content").path(type).path("schema"), body);
    seen.add(call);
  }

  private JsonNode response(String method, String path, int status) {
    return document
        .path("paths")
        .path(path)
        .path(method)
        .path("responses")
        .path(Integer.toString(status));
  }

  private void validate(String call, JsonNode schema, String body) {
    ObjectNode whole = (ObjectNode) schema.deepCopy();
    whole.set("components", document.path("components"));
    assertEquals(
        "[]", schemas.getSchema(whole).validate(JSON.readTree(body)).toString(), call + body);
  }

  /** The answers that were checked, as method, path and status. */
  Set<String> seen() {
    return seen;
  }

  /** All answers that are described, in the same form. */
  Set<String> calls() {
    Set<String> calls = new TreeSet<>();
    document
        .path("paths")
        .properties()
        .forEach(path ->
            path.getValue()
                .properties()
                .forEach(method ->
                    method
                        .getValue()
                        .path("responses")
                        .propertyNames()
                        .forEach(status ->
                            calls.add(
                                "%s %s %s".formatted(method.getKey(), path.getKey(), status)))));
    return calls;
  }
}
