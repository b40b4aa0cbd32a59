package dev.tapeline.clients;

import java.util.List;
import java.util.Random;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** A JSON object with nested values of every kind, whose members change at random. */
final class ChangingValue {

  private static final int MEMBERS = 12;
  private static final JsonMapper JSON = new JsonMapper();

  /** Names whose order depends on how it is sorted. */
  private static final List<String> NAMES =
      List.of("", "10", "9", "Z", "a", "é", "€", "\uffee", "\ud83d\ude00", "a\"b", "\u2028");

  /** Values as written in JSON; some of them have other spellings too. */
  private static final List<String> LEAVES =
      List.of(
          "true",
          "\"\\u20b9 \\/ \\u001f\\ud83d\\ude00\"",
          "[]",
          "{}",
          "[1.50,{\"b\":null,\"a\":1}]",
          "-0.0",
          "1.50",
          "1e2",
          "1e21",
          "1E-7",
          "5e-324",
          "9007199254740993",
          "24321.55");

  private final Random random;
  private final ObjectNode value = JSON.createObjectNode();

  ChangingValue(long seed) {
    random = new Random(seed);
    for (int i = 0; i < MEMBERS; i++) {
      value.put("filler " + i, "This member does not change.");
    }
  }

  /** Changes or removes some members; returns the whole value. */
  String next() {
    change(value);
    change(value.withObjectProperty("nested"));
    change(value.withObjectProperty("nested").withObjectProperty("deeper"));
    return value.toString();
  }

  private void change(ObjectNode object) {
    String name = any(NAMES);
    if (random.nextInt(3) == 0) {
      object.remove(name);
    } else {
      object.putRawValue(name, new RawValue(any(LEAVES)));
    }
  }

  private String any(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }
}
