package dev.tapeline.server.cli;

import java.io.PrintWriter;
import java.net.URI;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of each command that talks to a running server. */
final class ClientOptions {

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://localhost:8080",
      description = "Where the server is. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private URI url;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  /** The server's address for REST calls. */
  URI http() {
    return withScheme("http");
  }

  /** The server's address for WebSockets. */
  URI webSocket() {
    return withScheme("ws").resolve("/ws");
  }

  private URI withScheme(String plain) {
    String scheme = String.valueOf(url.getScheme());
    return switch (scheme) {
      case "http", "ws" -> URI.create(plain + "://" + url.getRawAuthority() + "/");
      case "https", "wss" -> URI.create(plain + "s://" + url.getRawAuthority() + "/");
      default ->
          throw new ParameterException(
              command.commandLine(), "--url begins with http://, https://, ws:// or wss://");
    };
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  PrintWriter err() {
    return command.commandLine().getErr();
  }

  /** Says why the command has failed. */
  int fail(String why) {
    err().println("tapeline: " + why);
    return Commands.FAILED;
  }
}
