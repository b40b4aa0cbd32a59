package dev.tapeline.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of each command that talks to a running server. */
final class ClientOptions {

  static final Duration PATIENCE = Duration.ofSeconds(10);

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://localhost:8080",
      description = "Address of the server. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private URI url;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM certificates to trust instead of the JVM's, such as your own.")
  private @Nullable Path ca;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      defaultValue = "${TAPELINE_TOKEN:-}",
      showDefaultValue = Visibility.NEVER,
      description = "Token or key. Default: the variable TAPELINE_TOKEN.")
  private String token = "";

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

  /** A client for the server's address. */
  HttpClient client() {
    HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(PATIENCE);
    if (ca == null) {
      return builder.build();
    }
    try {
      return builder.sslContext(TrustedCertificates.only(ca)).build();
    } catch (IOException | GeneralSecurityException e) {
      throw new ParameterException(
          command.commandLine(), "--ca: '%s' holds no certificates: %s".formatted(ca, e));
    }
  }

  /** The token or key, if there is one. */
  Optional<String> token() {
    return Optional.of(token).filter(text -> !text.isBlank()).map(String::strip);
  }

  /** The remedy when a server refuses clients without a valid token or key. */
  static String remedy(boolean shown) {
    return (shown ? "the token or key is invalid or has expired" : "a token or a key is needed")
        + ": pass one with --token or TAPELINE_TOKEN; ./tapeline token USER makes one with the"
        + " server's JWT_SECRET";
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
