package dev.tapeline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.part.FeedKind;
import dev.tapeline.server.settings.part.FeedSetting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class DemoCommandTest {

  private static final List<String> LOCAL = List.of("localhost", "127.0.0.1", "[::1]");

  private static Settings settings(Map<String, String> environment, String... arguments) {
    return CommandLine.populateCommand(new DemoCommand(), arguments).settings(environment);
  }

  @Test
  void isForThisMachineAlone() {
    Settings settings = settings(Map.of());
    assertEquals("127.0.0.1", settings.gateway().listener().bindHost());
    assertEquals(LOCAL, settings.gateway().http().allowedHosts());
    assertEquals(List.of(new FeedSetting(FeedKind.SIMULATOR, Map.of())), settings.feeds());
  }

  @Test
  void opensToOthersIfAsked() {
    Settings settings = settings(Map.of(), "--open");
    assertEquals("0.0.0.0", settings.gateway().listener().bindHost());
    assertEquals(List.of(), settings.gateway().http().allowedHosts());
  }

  @Test
  void settingsOfTheUserCount() {
    Settings open = settings(Map.of("TAPELINE_BIND_HOST", "0.0.0.0"));
    assertEquals("0.0.0.0", open.gateway().listener().bindHost());
    assertEquals(List.of(), open.gateway().http().allowedHosts());
    Settings proxied = settings(Map.of("TAPELINE_ALLOWED_HOSTS", "demo.example"));
    assertEquals("127.0.0.1", proxied.gateway().listener().bindHost());
    assertEquals(List.of("demo.example"), proxied.gateway().http().allowedHosts());
    Settings loopback = settings(Map.of("TAPELINE_BIND_HOST", "127.0.0.1"), "--open");
    assertEquals(LOCAL, loopback.gateway().http().allowedHosts());
  }
}
