package dev.tapeline.server.cli;

import dev.tapeline.server.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Options of each command that starts a server. */
final class ServerOptions {

  @Option(names = "--config", paramLabel = "FILE", description = "YAML file with settings.")
  @Nullable Path config;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

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
    return Settings.load(Optional.ofNullable(config), environment, options, defaults);
  }
}
