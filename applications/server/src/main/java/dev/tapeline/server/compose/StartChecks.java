package dev.tapeline.server.compose;

import dev.tapeline.core.Finding;
import dev.tapeline.server.settings.MemoryChecks;
import dev.tapeline.server.settings.ServiceVariables;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.declaration.Memory;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The checks at the start: logs problems of the JVM, the settings and the environment. */
final class StartChecks {

  private static final Logger log = LoggerFactory.getLogger(StartChecks.class);

  private StartChecks() {}

  static void run(Settings settings, Map<String, String> environment) {
    List<String> ignored = ServiceVariables.ignoredIn(environment);
    if (!ignored.isEmpty()) {
      log.info(
          "ignored variables that Kubernetes sets for its services: {}; set 'enableServiceLinks:"
              + " false' in the pod to omit them",
          String.join(", ", ignored));
    }
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    Stream.of(
            JvmChecks.ofThisJvm().findings(),
            new MemoryChecks(settings, Memory.ofThisProcess()).findings(),
            new CalendarChecks(settings.calendar(), today).findings())
        .flatMap(List::stream)
        .filter(finding -> finding.level() != Finding.Level.OK)
        .forEach(it -> log.warn("{}: {}; {}", it.subject(), it.text(), it.remedy()));
  }
}
