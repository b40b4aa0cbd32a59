package dev.tapeline.server.runtime;

import dev.tapeline.core.Finding;
import dev.tapeline.server.config.Memory;
import dev.tapeline.server.config.MemoryChecks;
import dev.tapeline.server.config.Settings;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs at the start what does not fit: the JVM, or settings on this machine. */
final class StartChecks {

  private static final Logger log = LoggerFactory.getLogger(StartChecks.class);

  private StartChecks() {}

  static void run(Settings settings) {
    Stream.concat(
            JvmChecks.ofThisJvm().findings().stream(),
            new MemoryChecks(settings, Memory.ofThisProcess()).findings().stream())
        .filter(finding -> finding.level() != Finding.Level.OK)
        .forEach(it -> log.warn("{}: {}; {}", it.subject(), it.text(), it.remedy()));
  }
}
