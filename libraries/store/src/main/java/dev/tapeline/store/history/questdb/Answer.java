package dev.tapeline.store.history.questdb;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The answer to a query.
 *
 * @param rows the values of each row as they are written, null where there is none
 * @param error what the server says is wrong; null if nothing is
 */
record Answer(List<List<@Nullable String>> rows, @Nullable String error) {

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * @throws JacksonException if it is no JSON
   */
  static Answer parse(String text) {
    List<List<@Nullable String>> rows = List.of();
    String error = null;
    try (JsonParser in = JSON.createParser(ObjectReadContext.empty(), text)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case "dataset" -> rows = rows(in);
          case "error" -> error = in.getString();
          default -> in.skipChildren();
        }
      }
    }
    return new Answer(rows, error);
  }

  private static List<List<@Nullable String>> rows(JsonParser in) {
    List<List<@Nullable String>> rows = new ArrayList<>();
    while (in.nextToken() == JsonToken.START_ARRAY) {
      List<@Nullable String> row = new ArrayList<>();
      while (in.nextToken() != JsonToken.END_ARRAY) {
        row.add(in.currentToken() == JsonToken.VALUE_NULL ? null : in.getString());
      }
      rows.add(row);
    }
    return rows;
  }
}
