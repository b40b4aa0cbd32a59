package dev.tapeline.server.settings.part;

import dev.tapeline.access.policy.Policy;
import dev.tapeline.access.policy.PolicyException;
import dev.tapeline.access.policy.PolicyFile;
import dev.tapeline.access.token.PublishedKeys;
import dev.tapeline.access.token.TokenKeys;
import dev.tapeline.access.token.TokenMaker;
import dev.tapeline.access.token.TokenVerifier;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Values;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The access of clients: what they must show, and what they may do.
 *
 * @param required whether each client has to show a token or a key
 * @param defaultRole the role of clients that show nothing, and of tokens without a role
 * @param tokens checks tokens; null if none are accepted
 * @param maker makes tokens; null if this process has no secret to sign them with
 */
public record AccessSettings(
    boolean required,
    String defaultRole,
    Policy policy,
    @Nullable TokenVerifier tokens,
    @Nullable TokenMaker maker) {

  public static final Setting<Boolean> REQUIRE_AUTH =
      Setting.flag(
          "REQUIRE_AUTH",
          false,
          "whether each client and each REST call must show a token or a key");
  public static final Setting<String> DEFAULT_ROLE =
      Setting.parsed(
          "DEFAULT_ROLE",
          SettingKind.TEXT,
          Policy.USER,
          Range.texts("user, admin or a role of the tapeline-access-file"),
          "role of clients that show nothing, and of tokens without a role");
  public static final Setting<Optional<String>> JWT_SECRET =
      Setting.secret(
          "JWT_SECRET",
          Range.parsed(
              "a text of at least %d bytes".formatted(TokenKeys.Secret.LEAST_BYTES),
              AccessSettings::secret),
          "secret that tokens are signed with, by HS256");
  public static final Setting<Optional<URL>> JWT_JWKS_URL =
      Setting.optional(
          "JWT_JWKS_URL",
          SettingKind.TEXT,
          "none",
          Range.parsed("an http:// or https:// address of keys", AccessSettings::address),
          "address of the public keys that tokens are checked with, by RS256, ES256 or EdDSA. It"
              + " replaces `JWT_SECRET`");
  public static final Setting<Optional<String>> JWT_AUDIENCE =
      Setting.optional(
          "JWT_AUDIENCE",
          SettingKind.TEXT,
          "any",
          Range.texts("any text"),
          "value that the `aud` of each token must contain");
  public static final Setting<Optional<String>> JWT_ISSUER =
      Setting.optional(
          "JWT_ISSUER",
          SettingKind.TEXT,
          "any",
          Range.texts("any text"),
          "value that the `iss` of each token must have");
  public static final Setting<Duration> JWT_CLOCK_SKEW =
      Setting.duration(
          "JWT_CLOCK_SKEW",
          TokenVerifier.SKEW,
          "how far the clock of a token's issuer may differ from the clock of this node");
  public static final Setting<Optional<Path>> ACCESS_FILE =
      Setting.optional(
          "TAPELINE_ACCESS_FILE",
          SettingKind.TEXT,
          "none",
          Range.files("a YAML file of roles and keys"),
          "file of roles and keys");

  private static final Policy BUILT_IN = Policy.builtIn(BuiltInChannels.PERSONAL);

  public static AccessSettings from(Values values) {
    boolean required = values.get(REQUIRE_AUTH);
    Policy policy = policy(values);
    String role = values.get(DEFAULT_ROLE);
    if (!policy.has(role)) {
      throw ConfigException.notAllowed(
          values.named(DEFAULT_ROLE), "a role; there are " + String.join(", ", policy.names()));
    }
    TokenVerifier.Expected expected =
        new TokenVerifier.Expected(
            values.get(JWT_AUDIENCE).orElse(null),
            values.get(JWT_ISSUER).orElse(null),
            role,
            values.get(JWT_CLOCK_SKEW));
    return new AccessSettings(
        required,
        role,
        policy,
        keys(values).map(keys -> new TokenVerifier(keys, expected, Clock.systemUTC())).orElse(null),
        values
            .get(JWT_SECRET)
            .map(secret -> new TokenMaker(secret, expected.audience(), expected.issuer()))
            .orElse(null));
  }

  /** The keys at an address that tokens are checked with; empty if there is no such address. */
  public Optional<PublishedKeys> publishedKeys() {
    return tokens == null ? Optional.empty() : tokens.publishedKeys();
  }

  private static Policy policy(Values values) {
    Optional<Path> file = values.get(ACCESS_FILE);
    if (file.isEmpty()) {
      return BUILT_IN;
    }
    try {
      return PolicyFile.read(file.get(), BuiltInChannels.PERSONAL);
    } catch (PolicyException e) {
      throw ConfigException.notAllowed(
          values.named(ACCESS_FILE),
          "a valid file of roles and keys (%s)".formatted(e.getMessage()));
    }
  }

  private static Optional<TokenKeys> keys(Values values) {
    if (values.given(JWT_SECRET).isPresent() && values.given(JWT_JWKS_URL).isPresent()) {
      throw ConfigException.notAllowed(
          values.named(JWT_JWKS_URL), "only without jwt-secret: one of the two");
    }
    Optional<TokenKeys> secret = values.get(JWT_SECRET).map(TokenKeys.Secret::new);
    return secret.or(() -> values.get(JWT_JWKS_URL).map(PublishedKeys::new));
  }

  private static String secret(String text) {
    if (text.getBytes(StandardCharsets.UTF_8).length < TokenKeys.Secret.LEAST_BYTES) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  /** A URL rather than a URI, as its host may have an underscore. */
  private static URL address(String text) {
    try {
      URL address = URI.create(text).toURL();
      if (!address.getHost().isEmpty() && address.getProtocol().matches("https?")) {
        return address;
      }
    } catch (IllegalArgumentException | MalformedURLException e) {
      throw new IllegalArgumentException(null, e);
    }
    throw new IllegalArgumentException();
  }
}
