package dev.tapeline.feed.dhan.packet;

import dev.tapeline.feed.Watchlist;
import dev.tapeline.market.instrument.Instrument;

/** What the session has to know of the trading calendar. Times are epoch ms UTC. */
public interface TradingHours {

  /** Takes a list to watch, which tells what its instruments are. */
  default void watch(Watchlist list) {}

  /** Whether some market of the feed is open, so that silence is a fault. */
  boolean isOpen(long millis);

  /**
   * Whether continuous trading of the instrument is still to begin on that day, while prices may
   * come already: such a price is no trade.
   */
  boolean isPreOpen(Instrument instrument, long millis);

  /**
   * Whether that day has a session of the instrument whose continuous trading has not ended yet.
   * Until then the vendor's "close" is that of the session before; afterwards it is another one.
   */
  boolean isBeforeClose(Instrument instrument, long millis);

  /** Open day and night. */
  TradingHours ALWAYS =
      new TradingHours() {
        @Override
        public boolean isOpen(long millis) {
          return true;
        }

        @Override
        public boolean isPreOpen(Instrument instrument, long millis) {
          return false;
        }

        @Override
        public boolean isBeforeClose(Instrument instrument, long millis) {
          return true;
        }
      };
}
