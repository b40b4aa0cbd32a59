package dev.tapeline.server.cli;

import dev.tapeline.core.Finding;
import dev.tapeline.feed.FeedException;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.doctor.RedisProbe;
import dev.tapeline.server.compose.CalendarChecks;
import dev.tapeline.server.compose.FeedPlan;
import dev.tapeline.server.compose.JvmChecks;
import dev.tapeline.server.compose.PortProblem;
import dev.tapeline.server.doctor.DatabaseChecks;
import dev.tapeline.server.doctor.VendorChecks;
import dev.tapeline.server.settings.MemoryChecks;
import dev.tapeline.server.settings.ServiceVariables;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.Memory;
import dev.tapeline.server.settings.part.GatewaySettings;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command that checks what a server needs, and says how to fix what is wrong. */
@Command(
    name = "doctor",
    description =
        "Checks the machine, the settings, Redis, the database and vendors, and says how to fix"
            + " problems.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

  @Mixin private final ServerOptions options = new ServerOptions();

  @Override
  public Integer call() {
    List<Finding> findings = new ArrayList<>();
    Optional<Settings> settings = settings(findings);
    Memory memory = Memory.ofThisProcess();
    int connections =
        settings
            .map(all -> all.gateway().connections().max())
            .orElseGet(() -> MemoryChecks.defaultConnections(memory));
    findings.addAll(JvmChecks.ofThisJvm().findings());
    findings.addAll(new MachineChecks().check(connections));
    settings.ifPresent(all -> {
      findings.addAll(new MemoryChecks(all, memory).findings());
      recordings(all, findings);
      calendar(all, findings);
      findings.addAll(TransportChecks.check(all.gateway().listener().transport()));
      ports(all.gateway(), findings);
      findings.add(TlsChecks.check(all.tls(), Instant.now()));
      findings.addAll(all.findings());
      all.access().publishedKeys().ifPresent(keys -> findings.addAll(keys.check()));
      redis(all, findings);
      findings.addAll(new DatabaseChecks(all).findings());
      findings.addAll(new VendorChecks(all, InstantSource.system()).findings());
    });
    findings.forEach(finding -> print(finding, options.out()));
    options.out().flush();
    boolean failed = findings.stream().anyMatch(it -> it.level() == Finding.Level.FAIL);
    return failed ? Commands.FAILED : Commands.OK;
  }

  private Optional<Settings> settings(List<Finding> findings) {
    try {
      Settings settings = options.load(Map.of());
      findings.add(Finding.ok("settings", "all valid" + ignored()));
      return Optional.of(settings);
    } catch (ConfigException e) {
      findings.add(
          Finding.fail(
              "settings",
              String.valueOf(e.getMessage()),
              "change it where it was set; docs/operations.md has all settings"));
      return Optional.empty();
    }
  }

  private static String ignored() {
    List<String> names = ServiceVariables.ignoredIn(System.getenv());
    return names.isEmpty() ? "" : "; ignored, as set by Kubernetes: " + String.join(", ", names);
  }

  private static void recordings(Settings settings, List<Finding> findings) {
    try {
      for (FeedPlan plan : FeedPlan.of(settings)) {
        if (plan instanceof FeedPlan.Replay replay) {
          findings.add(Finding.ok("recording", "readable: " + replay.recording().path()));
        }
      }
    } catch (FeedException e) {
      findings.add(
          Finding.fail("recording", String.valueOf(e.getMessage()), "change it where it was set"));
    }
  }

  private static void calendar(Settings settings, List<Finding> findings) {
    List<Finding> doubts =
        new CalendarChecks(settings.calendar(), LocalDate.now(ZoneOffset.UTC)).findings();
    findings.addAll(
        doubts.isEmpty()
            ? List.of(Finding.ok("calendar", "the trading days of the next week are known"))
            : doubts);
  }

  private static void ports(GatewaySettings gateway, List<Finding> findings) {
    String host = gateway.listener().bindHost();
    port(host, gateway.apiPort(), "tapeline-api-port", findings);
    port(host, gateway.gatewayPort(), "redis-ws-gateway-port", findings);
  }

  private static void port(String host, int port, String setting, List<Finding> findings) {
    String subject = "port " + port;
    findings.add(
        PortProblem.find(host, port, setting)
            .map(problem -> Finding.fail(subject, problem.what(), problem.remedy()))
            .orElseGet(() -> Finding.ok(subject, "free, for " + setting)));
  }

  private static void redis(Settings settings, List<Finding> findings) {
    RedisSettings redis = settings.redis();
    if (redis == null) {
      findings.add(Finding.ok("redis", "not configured: the bus is in the process"));
    } else {
      RedisProbe.check(redis).stream().map(it -> it.of("redis")).forEach(findings::add);
    }
  }

  private static void print(Finding finding, PrintWriter out) {
    String word = finding.level() == Finding.Level.OK ? "ok" : finding.level().name();
    out.println(String.format(Locale.ROOT, "%-5s %s: %s", word, finding.subject(), finding.text()));
    if (!finding.remedy().isEmpty()) {
      out.println("      to fix: " + finding.remedy());
    }
  }
}
