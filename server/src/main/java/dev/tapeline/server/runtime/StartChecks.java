package dev.tapeline.server.runtime;

import dev.tapeline.core.Finding;
import dev.tapeline.server.config.Memory;
import dev.tapeline.server.config.MemoryChecks;
import dev.tapeline.server.config.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs at the start which settings do not fit this machine. */
final class StartChecks {

  private static final Logger log = LoggerFactory.getLogger(StartChecks.class);

  private StartChecks() {}

  static void run(Settings settings) {
    new MemoryChecks(settings, Memory.ofThisProcess())
        .findings().stream()
            .filter(finding -> finding.level() != Finding.Level.OK)
            .forEach(it -> log.warn("{}: {}; {}", it.subject(), it.text(), it.remedy()));
  }
}
