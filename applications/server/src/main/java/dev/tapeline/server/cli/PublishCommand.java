package dev.tapeline.server.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** The command that publishes one message through a running server. */
@Command(
    name = "publish",
    description = "Publishes one message through a running server.",
    mixinStandardHelpOptions = true)
final class PublishCommand implements Callable<Integer> {

  private static final int UNAUTHORIZED = 401;

  @Mixin private final ClientOptions client = new ClientOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      defaultValue = "${GATEWAY_API_KEY:-}",
      showDefaultValue = Visibility.NEVER,
      description = "The server's GATEWAY_API_KEY. Default: the variable of that name.")
  private String key = "";

  @Parameters(index = "0", paramLabel = "CHANNEL", description = "Name of the channel.")
  private String channel = "";

  @Parameters(index = "1", paramLabel = "JSON", description = "The message: any JSON.")
  private String json = "";

  @Override
  public Integer call() throws InterruptedException {
    String body =
        "{\"channel\":%s,\"data\":%s}"
            .formatted(new JsonMapper().writeValueAsString(channel), json);
    URI uri = client.http().resolve("/api/v1/publish");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(ClientOptions.PATIENCE)
            .header("Authorization", "Bearer " + credential())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = client.client()) {
      return report(http.send(request, BodyHandlers.ofString()));
    } catch (IOException e) {
      return client.fail("no answer from %s: %s; is the server running?".formatted(uri, e));
    }
  }

  /** The key, if the command line has one; otherwise the token, if there is one. */
  private String credential() {
    boolean given = command.commandLine().getParseResult().hasMatchedOption("--key");
    return given ? key : client.token().orElse(key);
  }

  private int report(HttpResponse<String> answer) {
    if (answer.statusCode() == 200) {
      client.out().println(answer.body());
      return Commands.OK;
    }
    String remedy =
        answer.statusCode() == UNAUTHORIZED
            ? "; "
                + ClientOptions.remedy(!credential().isEmpty())
                + ", and --key takes the server's GATEWAY_API_KEY"
            : "";
    return client.fail(
        "the server refused (%d): %s%s".formatted(answer.statusCode(), answer.body(), remedy));
  }
}
