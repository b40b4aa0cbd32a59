package dev.tapeline.plant.wire;

import dev.tapeline.market.book.OrderBook;
import dev.tapeline.market.instrument.Instrument;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Where the data of one instrument goes: its channels, its keys, the constant beginnings of its
 * payloads, and its order book. Mutable; owned by one {@link MarketPublisher}.
 */
final class InstrumentChannels {

  final String tickChannel;
  final String tradeChannel;
  final String depthChannel;
  final String tickerChannel;
  final String ltpKey;
  final String priceKey;
  final String recentKey;

  final byte[] tickHead;
  final byte[] ltpHead;
  final byte[] tradeHead;
  final byte[] depthHead;
  final byte[] tickerHead;
  final String symbol;
  final BookForm bookForm;

  final OrderBook book = new OrderBook(OrderBook.Start.SNAPSHOT);
  int changesSinceWholeBook;
  long lossesAtWholeBook;
  private @Nullable BigDecimal announcedLtp;

  InstrumentChannels(Instrument instrument) {
    symbol = instrument.symbol();
    String key = instrument.key();
    tickChannel = "market:tick:" + symbol;
    tradeChannel = "trade@" + symbol;
    depthChannel = "depth@" + symbol;
    tickerChannel = "ticker@" + symbol;
    ltpKey = "ltp:" + key;
    priceKey = "price:" + symbol;
    recentKey = "tick:" + symbol;
    tickHead = bytes("{\"symbol\":\"%s\",\"key\":\"%s\"".formatted(symbol, key));
    ltpHead =
        bytes(
            "{\"type\":\"screener_ltp_update\",\"key\":\"%s\",\"symbol\":\"%s\",\"ltp\":"
                .formatted(key, symbol));
    tradeHead = bytes("{\"stream\":\"%s\",\"data\":".formatted(tradeChannel));
    depthHead = bytes("{\"stream\":\"%s\",\"data\":".formatted(depthChannel));
    tickerHead =
        bytes(
            "{\"stream\":\"%s\",\"data\":{\"e\":\"ticker\",\"s\":\"%s\",\"c\":"
                .formatted(tickerChannel, symbol));
    bookForm = instrument.segment().equals("BINANCE") ? BookForm.BINANCE : BookForm.SIMPLE;
  }

  /** Whether the price is not the one of the call before; there is one call for each price. */
  boolean isNews(BigDecimal ltp) {
    boolean news = announcedLtp == null || announcedLtp.compareTo(ltp) != 0;
    announcedLtp = ltp;
    return news;
  }

  /** Forgets what the session before left. */
  void startOver() {
    book.reset();
    announcedLtp = null;
  }

  private static byte[] bytes(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }
}
