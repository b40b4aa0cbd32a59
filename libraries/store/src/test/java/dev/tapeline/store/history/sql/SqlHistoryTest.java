package dev.tapeline.store.history.sql;

import dev.tapeline.store.PostgresForTests;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryContract;
import java.net.URI;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

class SqlHistoryTest extends HistoryContract {

  private static final SqlHistory HISTORY = new SqlHistory(database());

  /** A new database of the tests' server. */
  static DataSource database() {
    URI url = URI.create(PostgresForTests.newDatabase());
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(
        "jdbc:postgresql://%s%s"
            .formatted(url.getAuthority().replaceFirst(".*@", ""), url.getPath()));
    String[] login = url.getUserInfo().split(":", 2);
    database.setUser(login[0]);
    database.setPassword(login[1]);
    return database;
  }

  @Override
  protected History history() {
    return HISTORY;
  }
}
