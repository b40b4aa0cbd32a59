package dev.tapeline.server.calendar;

import dev.tapeline.market.session.CalendarWords;
import dev.tapeline.market.session.MarketClass;
import dev.tapeline.market.session.MarketPhase;
import dev.tapeline.market.session.PhaseStep;
import dev.tapeline.market.session.TimeOfDay;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the YAML of a calendar. An error names the line, the keys, the value and the remedy. */
final class CalendarParser {

  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .addModule(words())
          .build();

  private CalendarParser() {}

  private static SimpleModule words() {
    SimpleModule module = new SimpleModule();
    addWord(module, TimeOfDay.class, TimeOfDay::parse);
    addWord(module, LocalDate.class, CalendarParser::date);
    addWord(module, ZoneId.class, CalendarParser::zone);
    addWord(module, DayOfWeek.class, word -> CalendarWords.parse(DayOfWeek.class, word));
    addWord(module, MarketPhase.class, word -> CalendarWords.parse(MarketPhase.class, word));
    addWord(module, PhaseStep.class, word -> CalendarWords.parse(PhaseStep.class, word));
    addWord(module, MarketClass.class, word -> CalendarWords.parse(MarketClass.class, word));
    return module;
  }

  private static <T> void addWord(SimpleModule module, Class<T> type, Function<String, T> parser) {
    module.addDeserializer(type, new Word<>(type, parser));
    module.addKeyDeserializer(type, new WordAsKey(type, parser));
  }

  private static LocalDate date(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is no date; write it as 2026-12-25".formatted(text), e);
    }
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'%s' is no time zone; write it as Asia/Kolkata".formatted(text), e);
    }
  }

  /** A value that is written as one word. */
  private static final class Word<T> extends StdDeserializer<T> {

    private final Function<String, T> parser;

    Word(Class<T> type, Function<String, T> parser) {
      super(type);
      this.parser = parser;
    }

    @Override
    public T deserialize(JsonParser json, DeserializationContext context) {
      String text = json.currentToken().isScalarValue() ? json.getString() : "";
      try {
        return parser.apply(text.strip());
      } catch (IllegalArgumentException e) {
        throw InvalidFormatException.from(json, e.getMessage(), text, handledType());
      }
    }
  }

  /** A key that is written as one word. */
  private static final class WordAsKey extends KeyDeserializer {

    private final Class<?> type;
    private final Function<String, ?> parser;

    WordAsKey(Class<?> type, Function<String, ?> parser) {
      this.type = type;
      this.parser = parser;
    }

    @Override
    public Object deserializeKey(String key, DeserializationContext context) {
      try {
        return parser.apply(key);
      } catch (IllegalArgumentException e) {
        throw InvalidFormatException.from(context.getParser(), e.getMessage(), key, type);
      }
    }
  }

  /**
   * Reads a calendar.
   *
   * @param source the name of the file, for errors
   * @throws CalendarException for the first thing that is wrong
   */
  static CalendarText parse(String text, String source) {
    try {
      CalendarText calendar = MAPPER.readValue(text, CalendarText.class);
      if (calendar == null) {
        throw new CalendarException(source + " is empty: write 'exchanges:' first");
      }
      return calendar;
    } catch (JacksonException e) {
      throw new CalendarException(source + placeOf(e, text) + ": " + reasonOf(e));
    }
  }

  private static String placeOf(JacksonException e, String text) {
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    if (line < 1) {
      line = lineOf(pointer(e), text);
    }
    String keys =
        e.getPath().stream()
            .map(JacksonException.Reference::getPropertyName)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("."));
    return (line < 1 ? "" : " line " + line) + (keys.isEmpty() ? "" : " (" + keys + ")");
  }

  private static String pointer(JacksonException e) {
    return e.getPath().stream()
        .map(it -> "/" + (it.getPropertyName() == null ? it.getIndex() : it.getPropertyName()))
        .collect(Collectors.joining());
  }

  /** The line of a key, which some exceptions don't tell; 0 if there is no such key. */
  private static int lineOf(String pointer, String text) {
    try (JsonParser json = MAPPER.createParser(text)) {
      while (json.nextToken() != null) {
        if (json.streamReadContext().pathAsPointer().toString().equals(pointer)) {
          return json.currentTokenLocation().getLineNr();
        }
      }
      return 0;
    }
  }

  private static String reasonOf(JacksonException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          "'%s' is not known; allowed are %s"
              .formatted(
                  unknown.getPropertyName(),
                  unknown.getKnownPropertyIds().stream()
                      .map(String::valueOf)
                      .sorted()
                      .collect(Collectors.joining(", ")));
      case InvalidFormatException wrong -> wrong.getOriginalMessage();
      case ValueInstantiationException refused when refused.getCause() != null ->
          String.valueOf(refused.getCause().getMessage());
      case DatabindException _ -> "the value has the wrong form; see docs/calendar.md";
      case StreamReadException twice when twice.getOriginalMessage().startsWith("Duplicate") ->
          "the same key a second time: remove one";
      default -> "not valid YAML, there or just before";
    };
  }
}
