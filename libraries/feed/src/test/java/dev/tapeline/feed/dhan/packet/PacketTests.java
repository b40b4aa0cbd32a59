package dev.tapeline.feed.dhan.packet;

import static dev.tapeline.feed.dhan.Dhan.HDFCBANK;
import static dev.tapeline.feed.dhan.Dhan.NIFTY;
import static dev.tapeline.feed.dhan.Dhan.OPTION;
import static dev.tapeline.feed.dhan.Dhan.TEN;
import static dev.tapeline.feed.dhan.Dhan.join;

import dev.tapeline.feed.TickBuffer;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.BestPrice;
import dev.tapeline.market.tick.Level;
import dev.tapeline.market.tick.Tick;
import dev.tapeline.market.tick.Times;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;

/** A decoder of three instruments, and what it tells. */
abstract class PacketTests {

  static final String FULL =
      "08a20002f4d90000cd4c18434b00a0558368004016433fb49600e8030000d0070000e0930400f0ba0400"
          + "d06c040000000c43000011430000204300800a434b0000009600000001000200004018439a591843"
          + "960000002c010000020003003333184366661843e1000000c20100000300040066261843337318432c"
          + "01000058020000040005009a1918430080184377010000ee02000005000600cd0c1843cd8c1843";
  static final String QUOTE =
      "0432000135050000334bcd441900a05583680010cd4487d61200a00f00008813000000c0cb440040ce44"
          + "00f0ce440028cb44";
  static final String TICKER = "0210000135050000334bcd44a0558368";
  static final Times NOW = new Times(TEN, TEN);
  static final Times UNTIMED = new Times(0, TEN);

  final TickBuffer ticks = new TickBuffer();
  final List<String> faults = new ArrayList<>();
  final List<Integer> disconnects = new ArrayList<>();
  final PacketListener listener =
      new PacketListener() {
        @Override
        public void onFault(String kind, String reason) {
          faults.add(kind);
        }

        @Override
        public void onDisconnect(int code) {
          disconnects.add(code);
        }
      };
  final InstrumentTable table = new InstrumentTable();
  final Hours hours = new Hours();
  final PacketDecoder decoder =
      new PacketDecoder(table, hours, Duration.ofSeconds(19_800), listener);

  /** Open unless a field says otherwise. */
  static final class Hours implements TradingHours {
    boolean preOpen;
    boolean closed;

    @Override
    public boolean isOpen(long millis) {
      return !closed;
    }

    @Override
    public boolean isPreOpen(Instrument instrument, long millis) {
      return preOpen;
    }

    @Override
    public boolean isBeforeClose(Instrument instrument, long millis) {
      return !closed;
    }
  }

  @BeforeEach
  void watch() {
    watch(FeedMode.FULL);
  }

  void watch(FeedMode mode) {
    table.watch(Map.of(HDFCBANK, mode, NIFTY, mode.min(FeedMode.QUOTE), OPTION, mode), TEN);
  }

  List<Tick> last() {
    return List.copyOf(ticks.ticks());
  }

  List<Tick> decode(byte[] frame) {
    ticks.clear();
    byte[] within = join(new byte[3], frame, new byte[] {1, 2, 3});
    decoder.decode(within, 3, frame.length, TEN, ticks);
    return last();
  }

  static List<String> kinds(List<Tick> told) {
    return told.stream().map(tick -> tick.getClass().getSimpleName()).toList();
  }

  static Tick trade(String price, String quantity) {
    return new Tick.Trade(
        HDFCBANK, NOW, Tick.NO_ID, new BigDecimal(price), new BigDecimal(quantity), null, null);
  }

  static Tick volume(String volume) {
    return figures(HDFCBANK, null, null, null, volume, null, null);
  }

  static Tick figures(
      Instrument instrument,
      String open,
      String high,
      String low,
      String volume,
      String average,
      String prevClose) {
    return new Tick.DayStats(
        instrument,
        UNTIMED,
        decimal(open),
        decimal(high),
        decimal(low),
        decimal(volume),
        decimal(average),
        decimal(prevClose));
  }

  static Tick interest(String value, String high, String low, String previous) {
    return new Tick.OpenInterest(
        OPTION, UNTIMED, decimal(value), decimal(high), decimal(low), decimal(previous));
  }

  static BigDecimal decimal(String text) {
    return text == null ? null : new BigDecimal(text);
  }

  static BestPrice best(String price, String quantity) {
    return new BestPrice(new BigDecimal(price), new BigDecimal(quantity));
  }

  static Level level(String price, String quantity) {
    return new Level(new BigDecimal(price), new BigDecimal(quantity));
  }

  static List<Level> levels(String text) {
    String[] words = text.split(" ");
    List<Level> levels = new ArrayList<>();
    for (int i = 0; i < words.length; i += 2) {
      levels.add(level(words[i], words[i + 1]));
    }
    return levels;
  }
}
