package dev.tapeline.market.board;

import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.event.MarketEvent;
import dev.tapeline.market.event.Study;
import dev.tapeline.market.tick.Tick;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Builds the order book of every instrument whose vendor sends one. */
public final class BookStudy implements Study {

  private final Map<String, OrderBook> books = new HashMap<>();

  @Override
  public void onTick(Tick tick, Consumer<MarketEvent> out) {
    switch (tick) {
      case Tick.Depth depth -> {
        OrderBook book =
            books.computeIfAbsent(
                depth.instrument().symbol(), _ -> new OrderBook(OrderBook.Start.SNAPSHOT));
        out.accept(new MarketEvent.BookChanged(depth, book, book.apply(depth)));
      }
      case Tick.SessionStart start -> {
        OrderBook book = books.get(start.instrument().symbol());
        if (book != null) {
          book.reset();
        }
      }
      case Tick.Trade _,
          Tick.LastPrice _,
          Tick.Quote _,
          Tick.IndexValue _,
          Tick.DayStats _,
          Tick.OpenInterest _,
          Tick.Marks _ -> {}
    }
  }
}
