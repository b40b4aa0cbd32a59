package dev.tapeline.server.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.server.settings.Settings;
import dev.tapeline.store.PostgresForTests;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeDatabaseTest {

  @TempDir Path data;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

  private NodeDatabase database(Map<String, String> variables) {
    return new NodeDatabase(Settings.load(variables, Map.of()), meters);
  }

  @Test
  void nothingStartsUnlessSomebodyAsks() {
    try (NodeDatabase database = database(Map.of("TAPELINE_DATA", data.toString()))) {
      assertEquals(Optional.empty(), database.state());
      assertEquals(Optional.empty(), database.problem());
      assertFalse(Files.exists(data.resolve("postgres")));
    }
  }

  @Test
  void theEmbeddedServerKeepsItsDataInTheFolder() throws Exception {
    Files.createDirectories(data.resolve("postgres"));
    PostgresForTests.fill(data.resolve("postgres"));
    try (NodeDatabase database = database(Map.of("TAPELINE_DATA", data.toString()))) {
      PostgresForTests.awaitUp(database.database());
      assertEquals(Optional.of("up"), database.state());
      assertEquals(1, meters.get("tapeline.database.up").gauge().value());
    }
  }

  @Test
  void aServerThatIsAwayIsAProblem() throws Exception {
    try (NodeDatabase database = database(Map.of("DATABASE_URL", "postgres://u:p@127.0.0.1:1/d"))) {
      database.database().start();
      while (database.problem().isEmpty()) {
        Thread.sleep(5);
      }
      String problem = database.problem().orElseThrow();
      assertTrue(problem.startsWith("the database is down: postgres://u@127.0.0.1:1/d: "), problem);
      assertEquals(0, meters.get("tapeline.database.up").gauge().value());
    }
  }
}
