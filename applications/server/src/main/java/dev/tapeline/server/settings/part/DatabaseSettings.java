package dev.tapeline.server.settings.part;

import dev.tapeline.server.settings.declaration.ConfigException;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Value;
import dev.tapeline.server.settings.declaration.Values;
import dev.tapeline.store.database.DatabaseAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The settings of the database. Without them, it is in an embedded server. */
public final class DatabaseSettings {

  private static final Range<DatabaseAddress> ADDRESSES =
      Range.parsed(
          "a postgres:// or jdbc:postgresql:// address of a database", DatabaseAddress::parse);

  public static final Setting<Optional<DatabaseAddress>> URL =
      Setting.secret(
          "DATABASE_URL",
          ADDRESSES,
          "where PostgreSQL is. Without it an embedded PostgreSQL keeps its data in"
              + " `TAPELINE_DATA`");
  public static final Setting<Optional<Path>> URL_FILE =
      Setting.optional(
          "DATABASE_URL_FILE",
          SettingKind.TEXT,
          "none",
          Range.files("a file that holds the address of a database"),
          "file of the address, in place of `DATABASE_URL`. It is read at the start");

  /** The folder of the embedded server, within that of all data. */
  private static final String FOLDER = "postgres";

  private DatabaseSettings() {}

  /** The folder of the embedded server. */
  public static Path folder(Path data) {
    return data.resolve(FOLDER);
  }

  /** The server that others run; empty if the embedded one is used. */
  public static Optional<DatabaseAddress> from(Values values) {
    Optional<Value> url = values.given(URL);
    Optional<Value> file = values.given(URL_FILE);
    if (url.isPresent() && file.isPresent()) {
      throw ConfigException.contradiction(file.get(), url.get(), "set one of them");
    }
    return values
        .get(URL)
        .or(() -> values.get(URL_FILE).map(path -> read(path, values.named(URL_FILE))));
  }

  private static DatabaseAddress read(Path file, Value named) {
    try {
      return DatabaseAddress.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (IOException _) {
      throw ConfigException.notAllowed(named, "a file that can be read");
    } catch (IllegalArgumentException e) {
      throw ConfigException.notAllowed(
          named, "%s: %s".formatted(ADDRESSES.allowed(), e.getMessage()));
    }
  }
}
