package dev.tapeline.server.cli;

import dev.tapeline.server.compose.FeedPlan;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.part.OwnerKey;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command that runs everything in one process, with a simulated market. */
@Command(
    name = "demo",
    description = "Runs everything in one process, with a simulated market.",
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

  /** The address that only this machine reaches. */
  private static final String LOOPBACK = "127.0.0.1";

  private static final String LOCAL_HOSTS = "localhost,127.0.0.1,[::1]";

  @Mixin private final ServerOptions options = new ServerOptions();

  @Option(
      names = "--open",
      description = "Listens on all addresses. Without it only this machine has access.")
  private boolean open;

  @Override
  public Integer call() throws InterruptedException {
    Settings settings = settings(System.getenv());
    Settings keyed = settings.apiKey() == null ? settings.withApiKey(OwnerKey.random()) : settings;
    return options.run(
        new ServerRun.Greeting(
            "Tapeline demo: a simulated market", settings.apiKey() == null, true),
        keyed,
        List.of(new FeedPlan.Simulator()));
  }

  /** The settings: for this machine only, unless the user or a setting says otherwise. */
  Settings settings(Map<String, String> environment) {
    Map<String, String> bind = open ? Map.of() : Map.of("TAPELINE_BIND_HOST", LOOPBACK);
    Settings settings = load(environment, bind);
    return isLoopback(settings.gateway().listener().bindHost())
        ? load(
            environment,
            Map.of("TAPELINE_BIND_HOST", LOOPBACK, "TAPELINE_ALLOWED_HOSTS", LOCAL_HOSTS))
        : settings;
  }

  private Settings load(Map<String, String> environment, Map<String, String> defaults) {
    return options.load(environment, Map.of("TAPELINE_FEED", "simulator"), defaults);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false; // the start reports it
    }
  }
}
