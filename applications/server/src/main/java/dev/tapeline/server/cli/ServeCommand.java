package dev.tapeline.server.cli;

import dev.tapeline.server.compose.FeedPlan;
import dev.tapeline.server.settings.Settings;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that runs the server. */
@Command(name = "serve", description = "Runs the server.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  @Mixin private final ServerOptions options = new ServerOptions();

  @Option(names = "--role", paramLabel = "ROLE", description = "Role: all, ingest, gateway or api.")
  private @Nullable String role;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = options.load(role == null ? Map.of() : Map.of("TAPELINE_ROLE", role));
    return options.run(ServerRun.Greeting.of("Tapeline"), settings, FeedPlan.of(settings));
  }
}
