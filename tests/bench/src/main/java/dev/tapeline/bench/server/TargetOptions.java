package dev.tapeline.bench.server;

import dev.tapeline.bench.cli.OptionCheck;
import dev.tapeline.bench.cli.OptionException;
import dev.tapeline.redis.address.RedisSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the target on the command line. */
public final class TargetOptions {

  @Option(
      names = "--redis",
      paramLabel = "URL",
      description = "Publishes through this Redis instead of the embedded bus.")
  private @Nullable String redis;

  @Option(
      names = "--url",
      paramLabel = "ws://…/ws",
      description = "Loads a running server on this machine that uses the same --redis.")
  private @Nullable String url;

  public void check() {
    OptionCheck.check(
        url == null || redis != null, "--url", "given with --redis only: what both publish on");
  }

  public Optional<URI> url() {
    return Optional.ofNullable(url).map(TargetOptions::parsed);
  }

  private static URI parsed(String text) {
    try {
      URI url = new URI(text);
      OptionCheck.check(
          "ws".equals(url.getScheme()) && url.getHost() != null && url.getPort() > 0,
          "--url",
          "ws://HOST:PORT/ws, not " + text);
      return url;
    } catch (URISyntaxException e) {
      throw new OptionException("--url is no address: " + e.getMessage(), e);
    }
  }

  public Optional<RedisSettings> redis() {
    return Optional.ofNullable(redis)
        .map(url -> OptionCheck.read("--redis", () -> RedisSettings.parse(url)));
  }
}
