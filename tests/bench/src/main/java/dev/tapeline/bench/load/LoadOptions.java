package dev.tapeline.bench.load;

import static dev.tapeline.bench.cli.OptionCheck.check;

import dev.tapeline.bench.cli.OptionException;
import dev.tapeline.bench.server.TargetOptions;
import dev.tapeline.bench.subscriber.SubscribePlan;
import dev.tapeline.hub.frame.FrameRate;
import dev.tapeline.plant.channels.Channels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a load run, as the command line gives them. */
public final class LoadOptions {

  private static final String BURST = "burst=";
  private static final double CONSTANT_RATE = 1000;
  private static final int MOST_BYTES = 60_000;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Subscribers. Default: ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = "--channels",
      paramLabel = "N",
      defaultValue = "1",
      description = "Channels, published to in turn. Default: ${DEFAULT-VALUE}.")
  private int channels;

  @Option(
      names = "--per-connection",
      paramLabel = "N",
      defaultValue = "1",
      description = "Channels of each subscriber. Default: ${DEFAULT-VALUE}.")
  private int perConnection;

  @Option(
      names = "--channel",
      paramLabel = "PREFIX",
      description =
          "Beginning of the channel names, which decides their kind."
              + " Default: bench:…, with --mode latest market:tick:bench….")
  private @Nullable String channel;

  @Option(
      names = "--mode",
      paramLabel = "all|latest",
      defaultValue = "all",
      description = "Mode of the subscriptions. Default: ${DEFAULT-VALUE}.")
  private String mode = "all";

  @Option(
      names = "--max-rate",
      paramLabel = "N",
      description = "With --mode latest: the most frames a second.")
  private double maxRate;

  @Option(
      names = "--slow",
      paramLabel = "SHARE",
      description = "Share of the subscribers that read 1 KiB a second, such as 0.1.")
  private double slow;

  @Option(
      names = "--rate",
      paramLabel = "N",
      description =
          "Messages a second on all channels. Default: 1000, or with --profile the recording's.")
  private double rate;

  @Option(
      names = "--profile",
      paramLabel = "burst=FILE",
      description = "Repeats the pattern of a recording's receive times.")
  private @Nullable String profile;

  @Option(
      names = "--bytes",
      paramLabel = "N",
      defaultValue = "150",
      description = "Length of a payload. Default: ${DEFAULT-VALUE}.")
  private int bytes;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Seconds of measurement. Default: ${DEFAULT-VALUE}.")
  private double seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "N",
      defaultValue = "3",
      description = "Seconds of warm-up with the same load. Default: ${DEFAULT-VALUE}.")
  private double warmUp;

  @Mixin private final TargetOptions target = new TargetOptions();

  @Option(
      names = "--server-pid",
      paramLabel = "PID",
      description = "With --url: the server's process, to report its CPU time and memory.")
  private @Nullable Long serverPid;

  /**
   * The plan that the options describe.
   *
   * @throws OptionException for the first one that is wrong
   */
  public LoadPlan plan() {
    checkNumbers();
    checkTogether();
    SubscribePlan subscribers =
        new SubscribePlan(
            connections, channels, perConnection, prefix(), mode.equals("latest"), maxRate, slow);
    return new LoadPlan(
        subscribers,
        profile == null
            ? PublishTimes.constant(rate == 0 ? CONSTANT_RATE : rate)
            : PublishTimes.recorded(burst(profile), rate),
        profile == null ? "constant" : profile,
        bytes,
        seconds(warmUp),
        seconds(seconds),
        target.url().orElse(null),
        target.redis().orElse(null),
        serverPid);
  }

  private void checkNumbers() {
    check(connections >= 1 && connections <= 1_000_000, "--connections", "1 to 1000000");
    check(channels >= 1 && channels <= 100_000, "--channels", "1 to 100000");
    check(perConnection >= 1 && perConnection <= channels, "--per-connection", "1 to --channels");
    check(rate >= 0 && rate <= 10_000_000, "--rate", "more than 0, at most 10000000");
    checkBytes(bytes);
    check(seconds >= 0.1 && seconds <= 86_400, "--seconds", "0.1 to 86400");
    check(warmUp >= 0 && warmUp <= 3600, "--warm-up", "0 to 3600");
    check(slow >= 0 && slow < 1, "--slow", "a share from 0 to less than 1");
    check(
        maxRate == 0 || (maxRate >= FrameRate.LEAST && maxRate <= FrameRate.MOST),
        "--max-rate",
        "1/60 to 1000");
  }

  private void checkTogether() {
    check(mode.equals("all") || mode.equals("latest"), "--mode", "all or latest");
    check(maxRate == 0 || mode.equals("latest"), "--max-rate", "given with --mode latest only");
    target.check();
    check(serverPid == null || target.url().isPresent(), "--server-pid", "given with --url only");
    check(
        channel == null || channel.matches("[A-Za-z0-9:._@-]{0,150}[A-Za-z:._@-]"),
        "--channel",
        "letters, digits and : . _ @ -, and no digit at the end");
  }

  public static void checkBytes(int bytes) {
    check(
        bytes >= LoadPublisher.LEAST_BYTES && bytes <= MOST_BYTES,
        "--bytes",
        "%d to %d".formatted(LoadPublisher.LEAST_BYTES, MOST_BYTES));
  }

  /**
   * The prefix of the channels, which is new for each run, so that no earlier publication is
   * counted.
   */
  private String prefix() {
    if (channel != null) {
      return channel;
    }
    String run = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    return (mode.equals("latest") ? Channels.tick("bench.") : "bench:") + run + ":";
  }

  private static Path burst(String profile) {
    check(profile.startsWith(BURST), "--profile", "burst=FILE");
    return Path.of(profile.substring(BURST.length()));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * PublishTimes.SECOND));
  }
}
