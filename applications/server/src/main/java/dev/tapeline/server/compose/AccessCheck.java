package dev.tapeline.server.compose;

import dev.tapeline.access.token.PublishedKeys;
import dev.tapeline.core.Finding;
import dev.tapeline.server.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The check of access at the start. */
final class AccessCheck {

  private static final Logger log = LoggerFactory.getLogger(AccessCheck.class);

  private AccessCheck() {}

  /**
   * Logs doubtful findings, and starts to fetch the keys of tokens, which logs its own failures.
   *
   * @throws StartException if no client can connect
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
    settings.access().publishedKeys().ifPresent(PublishedKeys::prefetch);
  }
}
