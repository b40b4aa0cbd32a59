package dev.tapeline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.server.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ClientOptionsTest {

  @Test
  void urlIsThatOfAServerWithDefaultSettings() {
    int port = Settings.load(Map.of(), Map.of()).gateway().apiPort();
    CommandLine tail = Commands.line().getSubcommands().get("tail");
    assertEquals(
        "http://localhost:" + port, tail.getCommandSpec().findOption("--url").defaultValue());
  }
}
