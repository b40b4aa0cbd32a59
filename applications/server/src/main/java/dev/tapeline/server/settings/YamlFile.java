package dev.tapeline.server.settings;

import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.ListEntry;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.Value;
import dev.tapeline.server.settings.part.DurableChannels;
import dev.tapeline.server.settings.part.FeedSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A YAML file of keys with plain values, or with lists of plain values; each value keeps its line.
 * The entries of some lists may have keys of their own, one of which names the entry.
 */
final class YamlFile {

  private static final long MAX_BYTES = 1 << 20;

  /** The lists whose entries may have keys, and the key that names an entry. */
  private static final Map<Setting<?>, String> NAMED_BY =
      Map.of(DurableChannels.DURABLE, "pattern", FeedSetting.FEEDS, "source");

  /** The parser's own message quotes the file, and so secrets. */
  private static final String BROKEN =
      " is not valid YAML, there or just before; write 'key: value', and values with special"
          + " characters in quotes";

  private final Path path;
  private final JsonParser parser;
  private final Map<Setting<?>, Value> values = new HashMap<>();

  private YamlFile(Path path, JsonParser parser) {
    this.path = path;
    this.parser = parser;
  }

  /**
   * @throws ConfigException naming the line that is wrong
   */
  static List<Value> read(Path path) {
    String text = text(path);
    try (JsonParser parser = new YAMLMapper().createParser(text)) {
      YamlFile file = new YamlFile(path, parser);
      file.readKeys();
      return new ArrayList<>(file.values.values());
    } catch (JacksonException e) {
      throw new ConfigException(place(path, e.getLocation()) + BROKEN);
    }
  }

  private static String text(Path path) {
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw new ConfigException("%s is longer than %d bytes".formatted(path, MAX_BYTES));
      }
      return Files.readString(path);
    } catch (IOException e) {
      throw new ConfigException("%s can't be read: %s".formatted(path, e));
    }
  }

  private void readKeys() {
    JsonToken first = parser.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return;
    }
    if (first != JsonToken.START_OBJECT) {
      throw new ConfigException(here() + " is not a list of keys with values");
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      readKey(parser.currentName());
    }
    if (parser.nextToken() != null) {
      throw new ConfigException(here() + " begins a second document; allowed is one");
    }
  }

  private void readKey(String key) {
    String source = here();
    Setting<?> setting = Catalog.byKey().get(key);
    if (setting == null) {
      throw new ConfigException(
          "%s: unknown setting (%s); allowed are %s".formatted(key, source, Catalog.keys()));
    }
    String text = readValue(setting, source);
    Value before = values.put(setting, new Value(setting, text, source));
    if (before != null) {
      throw new ConfigException(
          "%s: set twice (%s and %s)".formatted(key, before.source(), source));
    }
  }

  private String readValue(Setting<?> setting, String source) {
    JsonToken token = parser.nextToken();
    if (token != JsonToken.START_ARRAY) {
      return scalar(token, setting.key(), source);
    }
    List<String> parts = new ArrayList<>();
    for (JsonToken part = parser.nextToken();
        part != JsonToken.END_ARRAY;
        part = parser.nextToken()) {
      String namedBy = NAMED_BY.get(setting);
      parts.add(
          part == JsonToken.START_OBJECT && namedBy != null
              ? entry(setting.key(), namedBy)
              : scalar(part, setting.key(), source));
    }
    return String.join(",", parts);
  }

  /** An entry of a list: its name, and then the other keys as {@code key=value}. */
  private String entry(String key, String namedBy) {
    String source = here();
    String entry = "";
    StringBuilder others = new StringBuilder();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      String value = scalar(parser.nextToken(), key, source);
      if (name.equals(namedBy)) {
        entry = value;
      } else {
        others.append(' ').append(name).append('=').append(ListEntry.quoted(value));
      }
    }
    if (entry.isEmpty()) {
      throw new ConfigException("%s: an entry without a %s (%s)".formatted(key, namedBy, source));
    }
    return entry + others;
  }

  private String scalar(JsonToken token, String key, String source) {
    if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
      throw new ConfigException(
          "%s: no plain value (%s); allowed is a text, a number or a list of them"
              .formatted(key, source));
    }
    return parser.getString().strip();
  }

  private String here() {
    return place(path, parser.currentTokenLocation());
  }

  private static String place(Path path, TokenStreamLocation location) {
    return location == null ? path.toString() : path + " line " + location.getLineNr();
  }
}
