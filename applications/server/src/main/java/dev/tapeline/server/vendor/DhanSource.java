package dev.tapeline.server.vendor;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.FeedStatus;
import dev.tapeline.feed.dhan.AccountFilter;
import dev.tapeline.feed.dhan.DhanOptions;
import dev.tapeline.feed.dhan.DhanVendor;
import dev.tapeline.feed.dhan.PollReport;
import dev.tapeline.feed.dhan.master.file.MasterFiles;
import dev.tapeline.feed.dhan.order.OrderUpdateListener;
import dev.tapeline.feed.dhan.packet.FeedMode;
import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.feed.dhan.rest.ChainLegs;
import dev.tapeline.feed.dhan.rest.DhanAccount;
import dev.tapeline.feed.dhan.rest.DhanBars;
import dev.tapeline.feed.dhan.token.TokenKeeper;
import dev.tapeline.feed.dhan.token.TotpMinter;
import dev.tapeline.feed.net.LiveFeed;
import dev.tapeline.feed.vendor.CurrentCalls;
import dev.tapeline.feed.vendor.SecretSource;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.plant.supply.SourceSpec;
import dev.tapeline.plant.watch.PolledChain;
import dev.tapeline.server.settings.part.DhanMode;
import dev.tapeline.server.settings.part.DhanSettings;
import dev.tapeline.server.settings.part.VendorOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Dhan as a source: its feed, its option chains, and the list of its instruments. */
final class DhanSource {

  private static final String NO_ACCOUNT =
      "there is no account at Dhan: set dhanhq-client-id and dhanhq-access-token";

  /** Stands for the account of a recording, which nobody is asked to accept. */
  private static final String RECORDED = "recorded";

  private static final int MISSED_BEFORE_STALE = 3;

  private final VendorPlan plan;
  private final VendorParts parts;
  private final DhanSettings settings;

  private DhanSource(VendorPlan plan, VendorParts parts) {
    this.plan = plan;
    this.parts = parts;
    this.settings = parts.dhan();
  }

  static VendorSource of(VendorPlan plan, VendorParts parts) {
    return new DhanSource(plan, parts).make();
  }

  private VendorSource make() {
    Path file = settings.tokenFile();
    DhanTokens tokens =
        file == null ? null : new DhanTokens(file, () -> parts.held().isHeld(plan.name()));
    Supplier<String> token = tokens == null ? () -> token().get() : tokens::get;
    DhanOptions options = options(this::clientId, token);
    DhanVendor vendor =
        new DhanVendor(
            options,
            new DhanVendor.Parts(
                hours(), legs(), tokens == null ? TokenKeeper.NONE : tokens, orders()));
    MasterLoader loader =
        new MasterLoader(
            plan.name(),
            parts.data(),
            plan.address(VendorOptions.MASTER_URL).orElse(MasterFiles.DETAILED),
            master -> parts.listed(plan.name(), master),
            parts.clock());
    CurrentCalls calls = new CurrentCalls();
    SourceSpec spec =
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
                        new AccountFilter(parts.tap(plan.name())),
                        parts.clock())));
    return new VendorSource(
        spec,
        SymbolRange.KNOWN,
        () -> polled(vendor.polls()),
        loader::start,
        loader::close,
        new VendorPast(new DhanBars(options.account(), calls), plan.keepsHours()));
  }

  /** Dhan as a recording has it, which connects to nothing. */
  static DhanVendor recorded(VendorPlan plan, VendorParts parts) {
    DhanSource source = new DhanSource(plan, parts);
    return new DhanVendor(
        source.options(() -> RECORDED, () -> RECORDED),
        DhanVendor.Parts.of(source.hours(), source.legs()));
  }

  private TradingHours hours() {
    return plan.keepsHours()
        ? new CalendarHours(
            parts.calendar(), shares -> parts.underlyings().set(plan.name(), shares))
        : TradingHours.ALWAYS;
  }

  private ChainLegs legs() {
    return new RegistryLegs(parts, plan.name());
  }

  private OrderUpdateListener orders() {
    return plan.option(VendorOptions.USER)
        .<OrderUpdateListener>map(
            user -> new DhanOrders(plan.name(), user, parts.instruments(), parts.held()))
        .orElse(OrderUpdateListener.NONE);
  }

  private DhanOptions options(Supplier<String> clientId, Supplier<String> token) {
    DhanOptions own = DhanOptions.of(clientId, token);
    return new DhanOptions(
        new DhanAccount(
            own.account().clientId(),
            own.account().accessToken(),
            plan.address(VendorOptions.REST_URL).orElse(own.account().api()),
            plan.address(VendorOptions.AUTH_URL).orElse(own.account().auth())),
        plan.address(VendorOptions.SOCKET_URL).map(DhanSource::sockets).orElse(own.sockets()),
        own.limits(),
        plan.option(VendorOptions.DEPTH).map(DhanSource::deepBooks).orElse(own.deepBooks()),
        mode(),
        own.tradeTimeAhead(),
        own.chainInterval(),
        tokens(),
        plan.option(VendorOptions.ORDERS).filter("true"::equals).isPresent(),
        own.budgets(),
        plan.seed(parts.seed()));
  }

  private static DhanOptions.DeepBooks deepBooks(String levels) {
    return new DhanOptions.DeepBooks(
        Integer.parseInt(levels), DhanOptions.DeepBooks.NONE.unsubscribe());
  }

  private DhanOptions.Tokens tokens() {
    SecretSource pin = settings.making().pin();
    SecretSource totp = settings.making().totp();
    return new DhanOptions.Tokens(
        settings.making().renews(),
        pin == null || totp == null ? null : new TotpMinter.Secrets(pin::get, totp::get));
  }

  private String clientId() {
    String id = settings.clientId();
    if (id == null) {
      throw new FeedException(NO_ACCOUNT);
    }
    return id;
  }

  private SecretSource token() {
    SecretSource token = settings.tokenSource();
    if (token == null) {
      throw new FeedException(NO_ACCOUNT);
    }
    return token;
  }

  private FeedMode mode() {
    DhanMode mode =
        plan.option(VendorOptions.MODE)
            .map(word -> DhanMode.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(settings.mode());
    return switch (mode) {
      case TICKER -> FeedMode.TICKER;
      case QUOTE -> FeedMode.QUOTE;
      case FULL -> FeedMode.FULL;
    };
  }

  /** All sockets at one host, each under the path that it has at the vendor's. */
  private static DhanOptions.Sockets sockets(URI base) {
    return new DhanOptions.Sockets(
        base.resolve("/"),
        base.resolve("/twentydepth"),
        base.resolve("/twohundreddepth"),
        base.resolve("/"));
  }

  private List<PolledChain> polled(PollReport report) {
    return report.chains().entrySet().stream()
        .map(entry -> polled(entry.getKey(), entry.getValue()))
        .toList();
  }

  private PolledChain polled(ChainKey key, PollReport.Chain chain) {
    long interval = Math.max(chain.interval(), PolledChain.LEAST_INTERVAL_MILLIS);
    long since = parts.clock().millis() - Math.max(chain.lastSuccess(), 0);
    return new PolledChain(
        key.underlying(),
        key.expiry().toString(),
        plan.name(),
        0,
        interval,
        chain.lastSuccess(),
        chain.failures(),
        since > MISSED_BEFORE_STALE * interval,
        chain.lastProblem());
  }
}
