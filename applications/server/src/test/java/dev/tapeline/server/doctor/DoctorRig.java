package dev.tapeline.server.doctor;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.tapeline.core.Finding;
import dev.tapeline.server.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Checks of sources, by settings as a user writes them. */
abstract class DoctorRig {

  static final String CLIENT = "1100000001";

  /** Plenty for hosts in this process, also when the machine is busy. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  InstantSource clock = InstantSource.system();
  Duration timeout = PATIENCE;

  /** The findings in short: level, subject, text. */
  List<String> check(String feeds, Map<String, String> more) {
    List<Finding> found = findings(feeds, more);
    return found.stream().map(it -> it.level() + " " + it.subject() + ": " + it.text()).toList();
  }

  List<Finding> findings(String feeds, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(more);
    all.put("TAPELINE_FEEDS", feeds);
    all.put("TAPELINE_DATA", folder.toString());
    List<Finding> found = new VendorChecks(Settings.load(all, Map.of()), timeout, clock).findings();
    for (String secret :
        new String[] {CLIENT, more.getOrDefault("DHANHQ_ACCESS_TOKEN", "none at all")}) {
      assertFalse(found.toString().contains(secret), "a secret is told");
    }
    return found;
  }

  /** The account as the settings have it. */
  static Map<String, String> account(String token) {
    return Map.of("DHANHQ_CLIENT_ID", CLIENT, "DHANHQ_ACCESS_TOKEN", token);
  }

  /** A token of an account that ends after a time. */
  static String token(String client, Duration left) {
    String claims =
        "{\"iss\":\"dhan\",\"exp\":%d,\"tokenConsumerType\":\"SELF\",\"dhanClientId\":\"%s\"}"
            .formatted(Instant.now().plus(left).getEpochSecond(), client);
    return part("{\"alg\":\"HS512\"}") + "." + part(claims) + "." + part("a signature");
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
