package dev.tapeline.server.config;

import dev.tapeline.access.Identity;
import dev.tapeline.access.Verb;
import dev.tapeline.core.Finding;
import dev.tapeline.core.Pattern;
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
                Finding.warn(SUBJECT, found, "mend it in the access file, or take it out")));
    findings.add(access.required() ? withToken() : withoutToken());
    return findings;
  }

  private Finding withToken() {
    return settings.role() == Role.INGEST || acceptsCredentials()
        ? Finding.ok(SUBJECT, "each client has to show a token or a key")
        : Finding.fail(
            SUBJECT,
            "require-auth is true, and no token and no key counts: nobody can come in",
            "set JWT_SECRET, JWT_JWKS_URL or GATEWAY_API_KEY, or put keys into the access file");
  }

  private boolean acceptsCredentials() {
    return access.tokens().isPresent()
        || settings.apiKey().isPresent()
        || access.policy().hasKeys();
  }

  private Finding withoutToken() {
    String role = access.defaultRole();
    if (access.policy().publishes(role)) {
      return Finding.warn(
          SUBJECT,
          "who shows no token may publish, as role %s may".formatted(role),
          "set REQUIRE_AUTH=true, or DEFAULT_ROLE to a role that only reads");
    }
    return reads(role) && !LOOPBACK.contains(settings.listen().bindHost())
        ? Finding.warn(
            SUBJECT,
            "whoever reaches %s may read without a token what role %s may"
                .formatted(settings.listen().bindHost(), role),
            "set REQUIRE_AUTH=true with JWT_SECRET or JWT_JWKS_URL, or TAPELINE_BIND_HOST=127.0.0.1;"
                + " leave it if everybody may")
        : Finding.ok(SUBJECT, "who shows no token may do what role %s may".formatted(role));
  }

  private boolean reads(String role) {
    return access
        .policy()
        .of(Identity.anybody(role))
        .refusal(Verb.SUBSCRIBE, Pattern.parse("*"))
        .isEmpty();
  }
}
