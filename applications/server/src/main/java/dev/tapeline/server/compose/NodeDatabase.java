package dev.tapeline.server.compose;

import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.part.DatabaseSettings;
import dev.tapeline.store.database.Database;
import dev.tapeline.store.database.DatabaseAddress;
import dev.tapeline.store.database.DatabaseState;
import dev.tapeline.store.database.DatabaseStats;
import dev.tapeline.store.database.Migrations;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * The database of this node, its metrics and its state. It starts when a part that keeps something
 * in it asks for that; nodes without such a part have no database.
 */
final class NodeDatabase implements AutoCloseable {

  private static final String PREFIX = "tapeline.database.";

  private final Database database;

  NodeDatabase(Settings settings, MeterRegistry meters) {
    DatabaseAddress address = settings.database();
    this.database =
        address == null
            ? Database.embedded(DatabaseSettings.folder(settings.data()), Migrations.OF_TAPELINE)
            : Database.at(address, Migrations.OF_TAPELINE);
    bind(meters);
  }

  private void bind(MeterRegistry meters) {
    Gauge.builder(PREFIX + "up", () -> database.isUp() ? 1 : 0)
        .description("1 while the database can be used")
        .register(meters);
    FunctionCounter.builder(PREFIX + "outages", database, it -> it.stats().outages())
        .description("How often the database was lost after it had been up")
        .register(meters);
    connections(meters, "active", DatabaseStats::active);
    connections(meters, "idle", DatabaseStats::idle);
    connections(meters, "waiting", DatabaseStats::waiting);
  }

  private void connections(MeterRegistry meters, String state, ToIntFunction<DatabaseStats> count) {
    Gauge.builder(PREFIX + "connections", () -> count.applyAsInt(database.stats()))
        .description("Connections to the database, and threads that wait for one")
        .tag("state", state)
        .register(meters);
  }

  /** The database, which the caller starts when it uses it. */
  Database database() {
    return database;
  }

  /** The state in words; empty while nobody uses it. */
  Optional<String> state() {
    DatabaseState state = database.state();
    return state instanceof DatabaseState.Idle ? Optional.empty() : Optional.of(state.words());
  }

  /** Why the database can't be used, for people to read. */
  Optional<String> problem() {
    return database.state() instanceof DatabaseState.Down(String reason)
        ? Optional.of("the database is down: " + reason)
        : Optional.empty();
  }

  @Override
  public void close() {
    database.close();
  }
}
