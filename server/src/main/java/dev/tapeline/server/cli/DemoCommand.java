package dev.tapeline.server.cli;

import dev.tapeline.server.config.ApiKey;
import dev.tapeline.server.config.Settings;
import dev.tapeline.server.runtime.FeedPlan;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Everything in one process, with a simulated market. */
@Command(
    name = "demo",
    description = "Runs everything in one process, with a simulated market.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  @Mixin private final ServerOptions options = new ServerOptions();

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = options.load(Map.of("TAPELINE_FEED", "simulator"));
    Settings keyed =
        settings.apiKey().isPresent() ? settings : settings.withApiKey(ApiKey.random());
    return new ServerRun(options.out())
        .untilStopped(
            new ServerRun.Greeting(
                "Tapeline demo: a simulated market", settings.apiKey().isEmpty(), true),
            keyed,
            new FeedPlan.Simulator());
  }
}
