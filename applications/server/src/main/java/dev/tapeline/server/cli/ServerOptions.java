package dev.tapeline.server.cli;

import dev.tapeline.core.Finding;
import dev.tapeline.server.compose.FeedPlan;
import dev.tapeline.server.compose.Recorders;
import dev.tapeline.server.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of each command that starts a server. */
final class ServerOptions {

  /** What the launcher reads before it trains the JVM. */
  private static final String VALID = "settings: valid";

  @Option(names = "--config", paramLabel = "FILE", description = "YAML file with settings.")
  @Nullable Path config;

  @Option(
      names = "--check-settings",
      hidden = true,
      description = "Checks the settings, and starts nothing.")
  private boolean checkOnly;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  /**
   * Runs a server until it is told to stop, or only says that its settings are valid.
   *
   * @return the exit code
   */
  int run(ServerRun.Greeting greeting, Settings settings, List<FeedPlan> plan)
      throws InterruptedException {
    return run(greeting, settings, plan, () -> Recorders.NONE);
  }

  /** The same with recorders, which are made if the server is to run. */
  int run(
      ServerRun.Greeting greeting,
      Settings settings,
      List<FeedPlan> plan,
      Supplier<Recorders> recorders)
      throws InterruptedException {
    if (checkOnly) {
      return check(settings);
    }
    return new ServerRun(out()).untilStopped(greeting, settings, plan, recorders.get());
  }

  private int check(Settings settings) {
    if (settings.findings().stream().anyMatch(it -> it.level() == Finding.Level.FAIL)) {
      return Commands.FAILED;
    }
    out().println(VALID);
    return Commands.OK;
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  /** Loads all settings; these options win over the file and the environment. */
  Settings load(Map<String, String> options) {
    return load(System.getenv(), options, Map.of());
  }

  /**
   * Loads all settings, with other defaults for those that are set nowhere.
   *
   * @param defaults settings by variable
   */
  Settings load(
      Map<String, String> environment, Map<String, String> options, Map<String, String> defaults) {
    return Settings.load(config, environment, options, defaults);
  }
}
