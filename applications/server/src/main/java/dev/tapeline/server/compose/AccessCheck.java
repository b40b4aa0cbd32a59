package dev.tapeline.server.compose;

import dev.tapeline.access.PublishedKeys;
import dev.tapeline.access.TokenVerifier;
import dev.tapeline.core.Finding;
import dev.tapeline.server.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at the start who can come in. */
final class AccessCheck {

  private static final Logger log = LoggerFactory.getLogger(AccessCheck.class);

  private AccessCheck() {}

  /**
   * Tells the log what is doubtful, and has the keys of tokens fetched, which it tells of by
   * itself.
   *
   * @throws StartException if nobody can come in
   */
  static void run(Settings settings) {
    for (Finding found : settings.findings()) {
      switch (found.level()) {
        case OK -> {}
        case WARN -> log.warn("Access: {}; {}", found.text(), found.remedy());
        case FAIL ->
            throw new StartException("access: %s; %s".formatted(found.text(), found.remedy()));
      }
    }
    settings
        .access()
        .tokens()
        .flatMap(TokenVerifier::publishedKeys)
        .ifPresent(PublishedKeys::prefetch);
  }
}
