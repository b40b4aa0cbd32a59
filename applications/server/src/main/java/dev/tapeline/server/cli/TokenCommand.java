package dev.tapeline.server.cli;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Policy;
import dev.tapeline.access.token.TokenMaker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command that makes a token for a client. */
@Command(
    name = "token",
    description = "Prints a token for a user, signed with the server's JWT_SECRET.",
    mixinStandardHelpOptions = true)
final class TokenCommand implements Callable<Integer> {

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      defaultValue = "${JWT_SECRET:-}",
      showDefaultValue = Visibility.NEVER,
      description = "The server's JWT_SECRET. Default: the variable of that name.")
  private String secret = "";

  @Option(
      names = "--role",
      paramLabel = "ROLE",
      defaultValue = Policy.USER,
      description = "Role of the user. Default: ${DEFAULT-VALUE}.")
  private String role = Policy.USER;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      defaultValue = "60",
      description = "How long the token is valid, in minutes. Default: ${DEFAULT-VALUE}.")
  private int minutes;

  @Option(
      names = "--audience",
      paramLabel = "TEXT",
      defaultValue = "${JWT_AUDIENCE:-}",
      showDefaultValue = Visibility.NEVER,
      description = "The server's JWT_AUDIENCE. Default: the variable of that name.")
  private String audience = "";

  @Option(
      names = "--issuer",
      paramLabel = "TEXT",
      defaultValue = "${JWT_ISSUER:-}",
      showDefaultValue = Visibility.NEVER,
      description = "The server's JWT_ISSUER. Default: the variable of that name.")
  private String issuer = "";

  @Parameters(index = "0", paramLabel = "USER", description = "Name of the user.")
  private String user = "";

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Override
  public Integer call() {
    Instant end = Instant.now().plus(Duration.ofMinutes(minutes));
    try {
      Identity identity = new Identity(user, role, end);
      command.commandLine().getOut().println(maker().make(identity));
      return Commands.OK;
    } catch (IllegalArgumentException e) {
      String remedy = secret.isEmpty() ? "pass --secret, or set JWT_SECRET" : e.getMessage();
      command.commandLine().getErr().println("tapeline: " + remedy);
      return Commands.MISUSED;
    }
  }

  private TokenMaker maker() {
    return new TokenMaker(secret, given(audience), given(issuer));
  }

  private static @Nullable String given(String text) {
    return text.isEmpty() ? null : text;
  }
}
