package dev.tapeline.server.settings;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Verb;
import dev.tapeline.core.Finding;
import dev.tapeline.core.Pattern;
import dev.tapeline.server.settings.part.AccessSettings;
import dev.tapeline.server.settings.part.NodeRole;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The findings about access: whether the right clients can connect, and no others. */
final class AccessFindings {

  private static final String SUBJECT = "access";
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1");

  private final Settings settings;
  private final AccessSettings access;

  AccessFindings(Settings settings) {
    this.settings = settings;
    this.access = settings.access();
  }

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    access
        .policy()
        .findings()
        .forEach(found ->
            findings.add(
                Finding.warn(SUBJECT, found, "correct it in the access file, or remove it")));
    findings.add(access.required() ? withToken() : withoutToken());
    return findings;
  }

  private Finding withToken() {
    return settings.role() == NodeRole.INGEST || acceptsCredentials()
        ? Finding.ok(SUBJECT, "every client must show a token or a key")
        : Finding.fail(
            SUBJECT,
            "require-auth is true, but no token or key is accepted: no client can connect",
            "set JWT_SECRET, JWT_JWKS_URL or GATEWAY_API_KEY, or add keys to the access file");
  }

  private boolean acceptsCredentials() {
    return access.tokens() != null || settings.apiKey() != null || access.policy().hasKeys();
  }

  private Finding withoutToken() {
    String role = access.defaultRole();
    if (access.policy().publishes(role)) {
      return Finding.warn(
          SUBJECT,
          "clients without a token may publish, with the rights of role %s".formatted(role),
          "set REQUIRE_AUTH=true, or DEFAULT_ROLE to a role that only reads");
    }
    return reads(role) && !LOOPBACK.contains(settings.gateway().listener().bindHost())
        ? Finding.warn(
            SUBJECT,
            "clients that reach %s may read without a token, with the rights of role %s"
                .formatted(settings.gateway().listener().bindHost(), role),
            "set REQUIRE_AUTH=true with JWT_SECRET or JWT_JWKS_URL, or TAPELINE_BIND_HOST=127.0.0.1;"
                + " leave it if that is intended")
        : Finding.ok(SUBJECT, "clients without a token have the rights of role %s".formatted(role));
  }

  private boolean reads(String role) {
    return access
        .policy()
        .of(Identity.anybody(role))
        .refusal(Verb.SUBSCRIBE, Pattern.parse("*"))
        .isEmpty();
  }
}
