package dev.tapeline.server.vendor;

import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.binance.BinanceBars;
import dev.tapeline.feed.binance.BinanceOptions;
import dev.tapeline.feed.binance.BinanceVendor;
import dev.tapeline.feed.net.LiveFeed;
import dev.tapeline.feed.vendor.CurrentCalls;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.plant.supply.SourceSpec;
import dev.tapeline.server.settings.part.VendorOptions;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Binance spot as a source. A symbol that ends like a pair is taken for one of its pairs. */
final class BinanceSource {

  /** What pairs are priced in. */
  private static final Pattern PAIR =
      Pattern.compile(
          "[A-Z0-9]{1,16}(USDT|USDC|FDUSD|TUSD|USD1|DAI|BTC|ETH|BNB|SOL|XRP|DOGE|TRX|EUR|EURI|TRY"
              + "|BRL|JPY|MXN|ARS|PLN|ZAR|UAH|RON|CZK|COP|IDR|AUD|GBP)");

  private BinanceSource() {}

  static VendorSource of(VendorPlan plan, VendorParts parts) {
    BinanceOptions.Hosts own = BinanceOptions.Hosts.DEFAULT;
    BinanceOptions.Hosts hosts =
        new BinanceOptions.Hosts(
            plan.address(VendorOptions.SOCKET_URL).orElse(own.streams()),
            plan.address(VendorOptions.REST_URL).orElse(own.rest()));
    BinanceOptions.Connections connections =
        new BinanceOptions.Connections(
            BinanceOptions.Connections.DEFAULT.maxStreams(),
            BinanceOptions.Connections.DEFAULT.life(),
            plan.seed(parts.seed()));
    BinanceOptions options =
        new BinanceOptions(hosts, BinanceOptions.Books.DEFAULT, connections, false);
    BinanceVendor vendor = vendor(options, plan, parts);
    CurrentCalls calls = new CurrentCalls();
    return VendorSource.of(
        new SourceSpec(
            plan.name(),
            FeedStatus.State.LIVE,
            () -> {},
            () ->
                calls.use(
                    new LiveFeed(
                        plan.name(),
                        vendor,
                        plan.network(),
                        parts.tap(plan.name()),
                        parts.clock()))),
        BinanceSource::pair,
        new VendorPast(new BinanceBars(options, calls), plan.keepsHours()));
  }

  /** Binance as a recording has it, which connects to nothing. */
  static BinanceVendor recorded(VendorPlan plan, VendorParts parts) {
    BinanceOptions own = BinanceOptions.DEFAULT;
    BinanceOptions.Connections connections =
        new BinanceOptions.Connections(
            own.connections().maxStreams(), own.connections().life(), plan.seed(parts.seed()));
    return vendor(
        new BinanceOptions(own.hosts(), own.books(), connections, own.microseconds()), plan, parts);
  }

  private static BinanceVendor vendor(BinanceOptions options, VendorPlan plan, VendorParts parts) {
    return new BinanceVendor(options, described -> parts.described(plan.name(), described));
  }

  /** The pair of this symbol; null if it does not end with what pairs are priced in. */
  static @Nullable Instrument pair(String symbol) {
    return PAIR.matcher(symbol).matches() ? Instrument.binance(symbol) : null;
  }
}
