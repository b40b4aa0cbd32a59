package dev.tapeline.store.history.sql;

import dev.tapeline.store.PostgresForTests;
import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryContract;

class SqlHistoryTest extends HistoryContract {

  private static final SqlHistory HISTORY = new SqlHistory(PostgresForTests.upDatabase().jdbi());

  @Override
  protected History history() {
    return HISTORY;
  }
}
