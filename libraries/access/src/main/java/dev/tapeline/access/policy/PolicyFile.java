package dev.tapeline.access.policy;

import dev.tapeline.core.InvalidNameException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The YAML file of roles and keys.
 *
 * <pre>
 * roles:
 *   trader:
 *     subscribe: {allow: ["*"], deny: ["engine:*"]}
 *     history: {allow: ["trade@*"]}
 *     publish: {allow: ["chat:*", "alerts:{sub}"]}
 *     admin: {allow: ["connections", "close"]}
 *     limits: {channels: 200, wildcards: 10, rate: 50, burst: 100, connections: 3}
 * keys:
 *   - {name: desk-bot, sha256: 64 hex digits, role: trader, subject: desk-1}
 * </pre>
 */
public final class PolicyFile {

  private static final long MAX_BYTES = 1 << 20;
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private final Path path;
  private final PersonalChannels personal;

  private PolicyFile(Path path, PersonalChannels personal) {
    this.path = path;
    this.personal = personal;
  }

  private record Text(
      @Nullable Map<String, RoleText> roles, @Nullable List<@Nullable KeyText> keys) {}

  private record RoleText(
      @Nullable RulesText subscribe,
      @Nullable RulesText history,
      @Nullable RulesText publish,
      @Nullable RulesText admin,
      @Nullable LimitsText limits) {}

  private record RulesText(
      @Nullable List<@Nullable String> allow, @Nullable List<@Nullable String> deny) {}

  private record LimitsText(
      @Nullable Integer channels,
      @Nullable Integer wildcards,
      @Nullable Integer rate,
      @Nullable Integer burst,
      @Nullable Integer connections) {}

  private record KeyText(
      @Nullable String name,
      @Nullable String sha256,
      @Nullable String role,
      @Nullable String subject) {}

  /**
   * Reads a file.
   *
   * @param personal the channels that their owner alone may read
   * @throws PolicyException for the first thing that is wrong
   */
  public static Policy read(Path path, PersonalChannels personal) {
    return new PolicyFile(path, personal).read();
  }

  private Policy read() {
    Text text;
    try {
      if (Files.size(path) > MAX_BYTES) {
        throw problem("is longer than %d bytes".formatted(MAX_BYTES));
      }
      text = MAPPER.readValue(Files.readString(path), Text.class);
    } catch (IOException e) {
      throw problem("can't be read: " + e.getMessage());
    } catch (JacksonException e) {
      throw problem(placeOf(e) + ": " + kindOf(e));
    }
    return text == null ? Policy.builtIn(personal) : policy(text);
  }

  /** The problem in words, without any text of the file, which may hold a key. */
  private static String kindOf(JacksonException e) {
    return switch (e) {
      case UnrecognizedPropertyException unknown ->
          "'%s' is not known; allowed are %s"
              .formatted(
                  unknown.getPropertyName(),
                  unknown.getKnownPropertyIds().stream()
                      .map(String::valueOf)
                      .sorted()
                      .collect(Collectors.joining(", ")));
      case DatabindException _ -> "the value has the wrong type";
      default -> "not valid YAML, there or just before";
    };
  }

  private static String placeOf(JacksonException e) {
    String line = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr();
    String keys =
        e instanceof DatabindException mapping
            ? mapping.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."))
            : "";
    return keys.isEmpty() ? line : keys + " (" + line + ")";
  }

  private Policy policy(Text text) {
    List<Role> roles =
        Objects.requireNonNullElse(text.roles(), Map.<String, RoleText>of()).entrySet().stream()
            .map(entry -> role(entry.getKey(), entry.getValue()))
            .toList();
    List<ApiKey> keys = written(text.keys(), "keys").stream().map(this::key).toList();
    Policy policy = new Policy(roles, keys, personal);
    for (ApiKey key : keys) {
      if (!policy.has(key.identity().role())) {
        throw problem(
            "key %s: '%s' is not a role; the roles are %s"
                .formatted(key.name(), key.identity().role(), policy.names()));
      }
    }
    return policy;
  }

  private Role role(String name, @Nullable RoleText text) {
    if (text == null) {
      throw problem("role %s: has no rules: give subscribe: {allow: [...]}".formatted(name));
    }
    if (name.equals(Policy.OWNER)) {
      throw problem("role owner: is that of the GATEWAY_API_KEY: take another name");
    }
    Map<Verb, Rules> rules = new EnumMap<>(Verb.class);
    put(rules, name, Verb.SUBSCRIBE, text.subscribe());
    put(rules, name, Verb.HISTORY, text.history());
    put(rules, name, Verb.PUBLISH, text.publish());
    put(rules, name, Verb.ADMIN, text.admin());
    return new Role(name, rules, limits(name, text.limits()));
  }

  private void put(Map<Verb, Rules> rules, String role, Verb verb, @Nullable RulesText text) {
    if (text == null) {
      return;
    }
    try {
      rules.put(
          verb,
          new Rules(
              written(text.allow(), "role %s: %s: allow".formatted(role, verb.text())),
              written(text.deny(), "role %s: %s: deny".formatted(role, verb.text()))));
    } catch (InvalidNameException e) {
      throw problem("role %s: %s: %s".formatted(role, verb.text(), e.getMessage()));
    }
  }

  private <T> List<T> written(@Nullable List<@Nullable T> entries, String where) {
    if (entries == null) {
      return List.of();
    }
    int empty = entries.indexOf(null);
    if (empty >= 0) {
      throw problem(
          "%s: entry %d of the list is empty: fill it, or take it out".formatted(where, empty + 1));
    }
    return entries.stream().<T>map(Objects::requireNonNull).toList();
  }

  private Role.Limits limits(String role, @Nullable LimitsText text) {
    return text == null
        ? Role.NO_LIMITS
        : new Role.Limits(
            limit(role, "channels", text.channels(), 0),
            limit(role, "wildcards", text.wildcards(), 0),
            limit(role, "rate", text.rate(), 1),
            limit(role, "burst", text.burst(), 1),
            limit(role, "connections", text.connections(), 1));
  }

  private OptionalInt limit(String role, String name, @Nullable Integer value, int least) {
    if (value == null) {
      return OptionalInt.empty();
    }
    if (value < least) {
      throw problem(
          "role %s: limits: %s is a whole number from %d, not %d"
              .formatted(role, name, least, value));
    }
    return OptionalInt.of(value);
  }

  private ApiKey key(KeyText text) {
    String name = required(text.name(), "a key", "name");
    String hash = required(text.sha256(), "key " + name, "sha256");
    if (!hash.matches("[0-9a-fA-F]{64}")) {
      throw problem(
          "key %s: sha256 is 64 hex digits: the key's SHA-256, not the key itself".formatted(name));
    }
    String subject = text.subject();
    if (subject != null && !Identity.isSubject(subject)) {
      throw problem(
          "key %s: the subject is no name of a user: %s".formatted(name, Identity.SUBJECTS));
    }
    return new ApiKey(name, hash, required(text.role(), "key " + name, "role"), subject);
  }

  private String required(@Nullable String value, String where, String what) {
    if (value == null || value.isEmpty()) {
      throw problem("%s: has no %s".formatted(where, what));
    }
    return value;
  }

  private PolicyException problem(String what) {
    return new PolicyException("%s: %s".formatted(path, what));
  }
}
