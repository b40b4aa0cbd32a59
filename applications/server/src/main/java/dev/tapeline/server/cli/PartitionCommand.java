package dev.tapeline.server.cli;

import dev.tapeline.core.Channel;
import dev.tapeline.core.InvalidNameException;
import dev.tapeline.redis.log.Partitions;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that prints the key by which a durable channel is published in Redis. */
@Command(
    name = "partition",
    description = "Prints the key of a durable channel's partition, for FCALL tapeline_publish.",
    mixinStandardHelpOptions = true)
final class PartitionCommand implements Callable<Integer> {

  @Option(
      names = "--prefix",
      paramLabel = "PREFIX",
      defaultValue = "${REDIS_KEY_PREFIX:-}",
      showDefaultValue = Visibility.NEVER,
      description = "Prefix of each key. Default: the variable REDIS_KEY_PREFIX.")
  private String prefix = "";

  @Parameters(index = "0", paramLabel = "CHANNEL", description = "Name of the channel.")
  private String channel = "";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Override
  public Integer call() {
    try {
      String name = Channel.of(channel).name();
      command.commandLine().getOut().println(prefix + Partitions.key(Partitions.of(name)));
      return Commands.OK;
    } catch (InvalidNameException e) {
      command.commandLine().getErr().println("tapeline: " + e.getMessage());
      return Commands.MISUSED;
    }
  }
}
