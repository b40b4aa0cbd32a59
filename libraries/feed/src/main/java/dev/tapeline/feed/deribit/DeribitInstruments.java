package dev.tapeline.feed.deribit;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The instruments in an answer of {@code public/get_instruments}. Combinations of several
 * instruments are left out.
 *
 * @param skipped how many could not be read
 */
public record DeribitInstruments(List<Listing> listings, int skipped) {

  private static final Set<String> OVER = Set.of("closed", "archivized", "delivered");

  /**
   * An instrument as Deribit lists it.
   *
   * @param index the symbol of the index that it is priced by
   * @param expires when it expires, epoch ms UTC; null if it doesn't
   * @param steps the tick sizes of higher prices, the lowest price first
   */
  public record Listing(
      Instrument instrument, String index, @Nullable Long expires, List<Step> steps) {

    public Listing {
      steps = List.copyOf(steps);
    }

    /** The step between two prices about this one. */
    public BigDecimal tickSize(BigDecimal price) {
      BigDecimal size = instrument.tickSize();
      for (Step step : steps) {
        size = price.compareTo(step.above()) > 0 ? step.tickSize() : size;
      }
      return size;
    }
  }

  /** The tick size of prices above this one. */
  public record Step(BigDecimal above, BigDecimal tickSize) {}

  public DeribitInstruments {
    listings = List.copyOf(listings);
  }

  /**
   * The instrument of a name of Deribit, as far as the name tells: without a tick size, with a lot
   * of 1.
   *
   * @throws IllegalArgumentException if it is no name of an instrument
   */
  public static Instrument named(String name) {
    return DeribitNames.named(name);
  }

  /**
   * Reads an answer.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static DeribitInstruments parse(byte[] body) {
    return of(DeribitJson.read(body, 0, body.length).path("result"));
  }

  /**
   * Reads the result in an answer.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static DeribitInstruments of(JsonNode result) {
    if (!result.isArray()) {
      throw new IllegalArgumentException("no list of instruments");
    }
    List<Listing> listings = new ArrayList<>(result.size());
    int skipped = 0;
    for (JsonNode node : result) {
      try {
        if (isListed(node)) {
          listings.add(listing(node));
        }
      } catch (IllegalArgumentException _) {
        skipped++;
      }
    }
    return new DeribitInstruments(listings, skipped);
  }

  private static boolean isListed(JsonNode node) {
    boolean combination = String.valueOf(DeribitJson.text(node, "kind")).endsWith("_combo");
    boolean over = OVER.contains(String.valueOf(DeribitJson.text(node, "state")));
    return !combination && !over;
  }

  private static Listing listing(JsonNode node) {
    String name = DeribitJson.require(DeribitJson.text(node, "instrument_name"), "instrument_name");
    String kind = DeribitJson.require(DeribitJson.text(node, "kind"), "kind");
    BigDecimal tickSize =
        DeribitNames.plain(DeribitJson.require(DeribitJson.number(node, "tick_size"), "tick_size"));
    String index = index(node, name);
    if (kind.equals("spot")) {
      return new Listing(DeribitNames.spot(name, tickSize), index, null, steps(node));
    }
    boolean perpetual = "perpetual".equals(DeribitJson.text(node, "settlement_period"));
    long expires = DeribitJson.whole(node, "expiration_timestamp");
    Instrument instrument =
        switch (kind) {
          case "option" -> option(node, name, tickSize, index, expires);
          case "future" ->
              perpetual
                  ? new Instrument.Pair(reference(name, "perpetual", tickSize))
                  : future(node, name, tickSize, index, expires);
          default -> throw new IllegalArgumentException("an instrument of kind " + kind);
        };
    return new Listing(instrument, index, perpetual ? null : expires, steps(node));
  }

  /** Lists of earlier years don't name the index. */
  private static String index(JsonNode node, String name) {
    String index = DeribitJson.text(node, "price_index");
    return index == null
        ? DeribitNames.indexSymbol(DeribitNames.beginning(name))
        : index.toUpperCase(Locale.ROOT);
  }

  private static Instrument option(
      JsonNode node, String name, BigDecimal tickSize, String index, long expires) {
    Instrument.Right right =
        switch (String.valueOf(DeribitJson.text(node, "option_type"))) {
          case "call" -> Instrument.Right.CALL;
          case "put" -> Instrument.Right.PUT;
          default -> throw new IllegalArgumentException("neither a call nor a put");
        };
    BigDecimal strike = plain(node, "strike");
    String date = name.split("-", -1).length > 2 ? name.split("-", -1)[1] : "option";
    String title = DeribitNames.optionTitle(DeribitNames.beginning(name), date, strike, right);
    return new Instrument.Option(
        DeribitNames.reference(name, title, tickSize),
        index,
        date(expires),
        strike,
        right,
        plain(node, "contract_size"));
  }

  private static Instrument future(
      JsonNode node, String name, BigDecimal tickSize, String index, long expires) {
    return new Instrument.Future(
        reference(name, "future", tickSize), index, date(expires), plain(node, "contract_size"));
  }

  private static Reference reference(String name, String kind, BigDecimal tickSize) {
    String title = name.endsWith("-PERPETUAL") ? DeribitNames.beginning(name) : name;
    return DeribitNames.reference(name, "%s %s".formatted(title.replace('-', ' '), kind), tickSize);
  }

  private static LocalDate date(long millis) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  private static BigDecimal plain(JsonNode node, String name) {
    return DeribitNames.plain(DeribitJson.require(DeribitJson.number(node, name), name));
  }

  private static List<Step> steps(JsonNode node) {
    List<Step> steps = new ArrayList<>();
    for (JsonNode step : node.path("tick_size_steps")) {
      steps.add(new Step(plain(step, "above_price"), plain(step, "tick_size")));
    }
    steps.sort((one, other) -> one.above().compareTo(other.above()));
    return steps;
  }
}
