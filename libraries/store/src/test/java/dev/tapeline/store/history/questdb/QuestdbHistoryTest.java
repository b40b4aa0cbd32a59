package dev.tapeline.store.history.questdb;

import dev.tapeline.store.history.History;
import dev.tapeline.store.history.HistoryContract;

class QuestdbHistoryTest extends HistoryContract {

  private static final QuestdbHistory HISTORY = new QuestdbHistory(QuestdbForTests.shared().url());

  @Override
  protected History history() {
    return HISTORY;
  }
}
