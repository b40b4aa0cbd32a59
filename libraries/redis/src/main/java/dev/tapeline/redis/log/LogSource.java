package dev.tapeline.redis.log;

import dev.tapeline.core.DurableRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text of the library of the logs, as functions and as scripts. It joins the {@code .lua} files
 * beside this class, and puts the rules in front of them, by key prefix. So emptying the server
 * does not lose the rules, and several environments can share one server.
 */
final class LogSource {

  static final String NAME = "tapeline";
  private static final String SPACE = "SPACES[";

  /** The parts of the text, in order. Each uses parts before it. */
  private static final List<String> PARTS =
      List.of(
          "base",
          "names",
          "partition",
          "broadcast",
          "fences",
          "tops",
          "append",
          "publish",
          "read",
          "functions");

  private static final String BODY =
      PARTS.stream().map(LogSource::read).collect(Collectors.joining("\n"));

  private final String space;
  private final String broadcast;

  /**
   * @param sharded whether broadcasts go out by SPUBLISH, as in a cluster
   */
  LogSource(DurableRules rules, String prefix, boolean sharded) {
    this.space = SPACE + quoted(prefix) + "] = {rules = {" + rules(rules) + "}}";
    this.broadcast = sharded ? "SPUBLISH" : "PUBLISH";
  }

  /**
   * The text of the function library.
   *
   * @param loaded the one that the server has, if any: the rules of other prefixes are kept
   */
  String functions(@Nullable String loaded) {
    String own = space.substring(0, space.indexOf(" = "));
    Predicate<String> others = line -> line.startsWith(SPACE) && !line.startsWith(own);
    Stream<String> kept = loaded == null ? Stream.of() : loaded.lines().filter(others);
    return "#!lua name=%s\n".formatted(NAME)
        + head(Stream.concat(kept, Stream.of(space)).sorted())
        + BODY
        + Stream.of(LogFunction.values()).map(LogSource::registration).collect(lines());
  }

  private static String registration(LogFunction function) {
    return "redis.register_function('%1$s', functions.%1$s)".formatted(function.text());
  }

  /** One function as a script with the same arguments. */
  String script(LogFunction function) {
    return head(Stream.of(space))
        + BODY
        + "return functions.%s(KEYS, ARGV)\n".formatted(function.text());
  }

  private String head(Stream<String> spaces) {
    return "local BROADCAST = '%s'\nlocal SPACES = {}\n".formatted(broadcast)
        + spaces.collect(lines());
  }

  private static java.util.stream.Collector<CharSequence, ?, String> lines() {
    return Collectors.joining("\n", "", "\n");
  }

  private static String rules(DurableRules rules) {
    return rules.rules().stream().map(LogSource::rule).collect(Collectors.joining(", "));
  }

  private static String rule(DurableRules.Rule rule) {
    return "{%s, %d, %d, %d, '%s'}"
        .formatted(
            quoted(rule.selector().text()),
            rule.bounds().length(),
            rule.bounds().age().toSeconds(),
            rule.bounds().bytes(),
            rule.plain().name().toLowerCase(Locale.ROOT));
  }

  /** Names hold no backslash and no control character. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "\\'") + "'";
  }

  private static String read(String part) {
    try (InputStream in = LogSource.class.getResourceAsStream("%s.lua".formatted(part))) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
