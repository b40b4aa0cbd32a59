package dev.tapeline.server.config;

import dev.tapeline.access.Policy;
import dev.tapeline.access.PolicyException;
import dev.tapeline.access.PolicyFile;
import dev.tapeline.access.PublishedKeys;
import dev.tapeline.access.TokenKeys;
import dev.tapeline.access.TokenMaker;
import dev.tapeline.access.TokenVerifier;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * Who may do what.
 *
 * @param required whether each client has to show a token or a key
 * @param defaultRole of clients that show nothing, and of tokens without a role
 * @param tokens empty if there are no tokens
 * @param maker of tokens; empty if only others can make them
 */
public record AccessSettings(
    boolean required,
    String defaultRole,
    Policy policy,
    Optional<TokenVerifier> tokens,
    Optional<TokenMaker> maker) {

  static AccessSettings from(Values values) {
    boolean required = isRequired(values);
    Policy policy = policy(values);
    String role = values.text(Catalog.DEFAULT_ROLE).orElse(Policy.USER);
    if (!policy.has(role)) {
      throw ConfigException.notAllowed(
          values.get(Catalog.DEFAULT_ROLE).orElseThrow(),
          "a role; there are " + String.join(", ", policy.names()));
    }
    TokenVerifier.Expected expected =
        new TokenVerifier.Expected(
            values.text(Catalog.JWT_AUDIENCE),
            values.text(Catalog.JWT_ISSUER),
            role,
            values.duration(Catalog.JWT_CLOCK_SKEW, TokenVerifier.SKEW));
    return new AccessSettings(
        required,
        role,
        policy,
        keys(values).map(keys -> new TokenVerifier(keys, expected, Clock.systemUTC())),
        values
            .text(Catalog.JWT_SECRET)
            .map(secret -> new TokenMaker(secret, expected.audience(), expected.issuer())));
  }

  private static boolean isRequired(Values values) {
    return values.matching(Catalog.REQUIRE_AUTH, "true|false").filter("true"::equals).isPresent();
  }

  private static Policy policy(Values values) {
    Optional<Value> file = values.get(Catalog.ACCESS_FILE);
    if (file.isEmpty()) {
      return Policy.builtIn();
    }
    try {
      return PolicyFile.read(Path.of(file.get().text()));
    } catch (PolicyException e) {
      throw ConfigException.notAllowed(
          file.get(), "a file of roles and keys that is right (%s)".formatted(e.getMessage()));
    }
  }

  private static Optional<TokenKeys> keys(Values values) {
    Optional<Value> secret = values.get(Catalog.JWT_SECRET);
    Optional<Value> address = values.get(Catalog.JWT_JWKS_URL);
    if (secret.isPresent() && address.isPresent()) {
      throw ConfigException.notAllowed(address.get(), "only without jwt-secret: one of the two");
    }
    return secret.isPresent()
        ? secret.map(AccessSettings::secret)
        : address.map(AccessSettings::published);
  }

  private static TokenKeys secret(Value value) {
    try {
      return new TokenKeys.Secret(value.text());
    } catch (IllegalArgumentException e) {
      throw ConfigException.notAllowed(value, value.setting().allowed());
    }
  }

  private static TokenKeys published(Value value) {
    try {
      URL address = URI.create(value.text()).toURL(); // whose hosts may have a _, unlike a URI's
      if (!address.getHost().isEmpty() && address.getProtocol().matches("https?")) {
        return new PublishedKeys(address);
      }
    } catch (IllegalArgumentException | MalformedURLException e) {
      throw ConfigException.notAllowed(value, value.setting().allowed());
    }
    throw ConfigException.notAllowed(value, value.setting().allowed());
  }
}
