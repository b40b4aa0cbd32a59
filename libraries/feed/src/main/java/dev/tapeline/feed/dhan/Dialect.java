package dev.tapeline.feed.dhan;

import dev.tapeline.feed.dhan.packet.FeedMode;
import dev.tapeline.market.instrument.Instrument;
import java.util.List;

/**
 * How subscriptions are written to a kind of socket.
 *
 * @param batch how many instruments a message can have
 * @param deep whether it is a socket for deep books, which has one mode
 * @param deepUnsubscribe the code that ends a subscription there: the vendor's pages disagree
 */
record Dialect(int batch, boolean deep, int deepUnsubscribe) {

  private static final int DEEP_SUBSCRIBE = 23;

  /** A socket that takes one instrument has it outside of a list. */
  private boolean isSingle() {
    return deep && batch == 1;
  }

  int subscribe(FeedMode mode) {
    return deep ? DEEP_SUBSCRIBE : mode.subscribe();
  }

  int unsubscribe(FeedMode mode) {
    return deep ? deepUnsubscribe : mode.unsubscribe();
  }

  /** The message of a code. Segments and ids need no escaping. */
  String message(int code, List<Instrument> instruments) {
    StringBuilder text = new StringBuilder(64 * (instruments.size() + 1));
    text.append("{\"RequestCode\":").append(code).append(',');
    if (isSingle()) {
      return instrument(text, instruments.getFirst()).append('}').toString();
    }
    text.append("\"InstrumentCount\":").append(instruments.size());
    text.append(",\"InstrumentList\":[");
    for (int i = 0; i < instruments.size(); i++) {
      text.append(i == 0 ? "{" : ",{");
      instrument(text, instruments.get(i)).append('}');
    }
    return text.append("]}").toString();
  }

  private static StringBuilder instrument(StringBuilder text, Instrument instrument) {
    return text.append("\"ExchangeSegment\":\"")
        .append(instrument.segment())
        .append("\",\"SecurityId\":\"")
        .append(instrument.securityId())
        .append('"');
  }
}
