package dev.tapeline.plant.wire;

import dev.tapeline.json.JsonBytes;
import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.tick.Level;
import java.util.List;

/** The two forms of the {@code data} of a {@code depth@} channel; both can carry a whole book. */
enum BookForm {
  /** {@code {"e":"depth","a":…,"b":…,"U":…,"u":…}}. */
  SIMPLE("depth"),
  /** {@code {"e":"depthUpdate","E":…,"s":…,"U":…,"u":…,"b":…,"a":…}}. */
  BINANCE("depthUpdate");

  private final String event;

  BookForm(String event) {
    this.event = event;
  }

  static BookForm ofEvent(String event) {
    return BINANCE.event.equals(event) ? BINANCE : SIMPLE;
  }

  /**
   * Writes the whole book as a {@code data} object marked {@code "snapshot":true}; its ids are both
   * those of the last change in it, so that the next change joins.
   *
   * @param time when the book was so, epoch ms; 0 if unknown
   */
  void writeBook(JsonBytes out, String symbol, OrderBook book, int levels, long time) {
    switch (this) {
      case SIMPLE -> {
        out.ascii("{\"e\":\"depth\",\"a\":");
        writeLevels(out, book.asks(levels));
        out.ascii(",\"b\":");
        writeLevels(out, book.bids(levels));
        writeIds(out, book.lastId(), book.lastId());
      }
      case BINANCE -> {
        out.ascii("{\"e\":\"depthUpdate\"");
        if (time > 0) {
          out.ascii(",\"E\":").number(time);
        }
        out.ascii(",\"s\":").string(symbol);
        writeIds(out, book.lastId(), book.lastId());
        out.ascii(",\"b\":");
        writeLevels(out, book.bids(levels));
        out.ascii(",\"a\":");
        writeLevels(out, book.asks(levels));
      }
    }
    out.ascii(",\"snapshot\":true");
  }

  static void writeIds(JsonBytes out, long first, long last) {
    if (last > 0) {
      out.ascii(",\"U\":").number(first).ascii(",\"u\":").number(last);
    }
  }

  static void writeLevels(JsonBytes out, List<Level> levels) {
    out.ascii("[");
    String separator = "";
    for (Level level : levels) {
      out.ascii(separator).ascii("[").quoted(level.price()).ascii(",");
      writeQuantity(out, level);
      out.ascii("]");
      separator = ",";
    }
    out.ascii("]");
  }

  /** A removal is always {@code "0"}. */
  private static void writeQuantity(JsonBytes out, Level level) {
    if (level.isRemoval()) {
      out.ascii("\"0\"");
    } else {
      out.quoted(level.quantity());
    }
  }
}
