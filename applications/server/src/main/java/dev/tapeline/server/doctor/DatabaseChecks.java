package dev.tapeline.server.doctor;

import dev.tapeline.core.Finding;
import dev.tapeline.server.settings.Settings;
import dev.tapeline.server.settings.part.DatabaseSettings;
import dev.tapeline.store.database.DatabaseAddress;
import dev.tapeline.store.database.DatabaseProbe;
import dev.tapeline.store.postgres.PostgresCheck;
import dev.tapeline.store.postgres.PostgresException;
import java.util.List;

/** Checks of the database: that of the settings, or what the embedded one needs. */
public final class DatabaseChecks {

  private static final String SUBJECT = "database";

  private final Settings settings;

  public DatabaseChecks(Settings settings) {
    this.settings = settings;
  }

  public List<Finding> findings() {
    DatabaseAddress address = settings.database();
    return address == null
        ? List.of(embedded())
        : DatabaseProbe.check(address).stream().map(it -> it.of(SUBJECT)).toList();
  }

  private Finding embedded() {
    try {
      return Finding.ok(SUBJECT, PostgresCheck.run(DatabaseSettings.folder(settings.data())));
    } catch (PostgresException e) {
      return Finding.warn(
          SUBJECT,
          String.valueOf(e.getMessage()),
          "correct this where history, orders or positions are to be kept; the gateway needs no"
              + " database");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.warn(SUBJECT, "the check was interrupted", "run it again");
    }
  }
}
