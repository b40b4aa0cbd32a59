package dev.tapeline.simulate.dhan;

import dev.tapeline.simulate.market.MinuteBar;
import dev.tapeline.simulate.market.QuoteState;
import dev.tapeline.simulate.market.SyntheticPast;
import dev.tapeline.simulate.net.HttpReply;
import dev.tapeline.simulate.net.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers {@code /charts/intraday} and {@code /charts/historical}: parallel arrays of bars. What
 * was before the simulated market is made up. For the present day the end of the time is ignored.
 */
final class ChartCalls {

  private static final ZoneId INDIA = ZoneId.of("Asia/Kolkata");
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
  private static final Set<Integer> INTERVALS = Set.of(1, 5, 15, 25, 60);
  private static final int MOST_DAYS = 90;
  private static final int MOST_YEARS = 5;
  private static final int OPENING_MINUTE = 9 * 60 + 15;
  private static final int SAMPLE_MINUTES = 15;

  private final DhanFloor floor;

  ChartCalls(DhanFloor floor) {
    this.floor = floor;
  }

  HttpReply intraday(@Nullable JsonNode body) {
    int interval = body == null ? 0 : body.path("interval").asInt(0);
    if (body == null || !INTERVALS.contains(interval) || isIncomplete(body)) {
      return DhanErrors.input("Missing required fields, bad values for parameters etc.");
    }
    try {
      LocalDateTime from = time(body.path("fromDate").asString(""));
      LocalDateTime to = time(body.path("toDate").asString(""));
      if (to.isBefore(from)) {
        return DhanErrors.input(
            "System is unable to fetch data due to incorrect parameters or no data present");
      }
      if (from.plusDays(MOST_DAYS).isBefore(to)) {
        return DhanErrors.input("Data for Intraday Charts can be fetched for 90 days at a time");
      }
      return bars(body, from, to, 1, bar -> bucket(bar, interval));
    } catch (DateTimeParseException e) {
      return DhanErrors.input("Invalid date: " + e.getParsedString());
    }
  }

  HttpReply daily(@Nullable JsonNode body) {
    if (body == null || isIncomplete(body)) {
      return DhanErrors.input("Missing required fields, bad values for parameters etc.");
    }
    try {
      LocalDate from = LocalDate.parse(body.path("fromDate").asString(""));
      LocalDate to = LocalDate.parse(body.path("toDate").asString(""));
      LocalDate oldest = to.minusYears(MOST_YEARS);
      LocalDate first = from.isBefore(oldest) ? oldest : from;
      return bars(
          body, first.atStartOfDay(), to.atStartOfDay(), SAMPLE_MINUTES, ChartCalls::midnight);
    } catch (DateTimeParseException e) {
      return DhanErrors.input("Invalid date: " + e.getParsedString());
    }
  }

  private static boolean isIncomplete(JsonNode body) {
    return body.path("securityId").asString("").isEmpty()
        || body.path("exchangeSegment").asString("").isEmpty()
        || body.path("instrument").asString("").isEmpty();
  }

  private static LocalDateTime time(String text) {
    return text.length() == 10
        ? LocalDate.parse(text).atStartOfDay()
        : LocalDateTime.parse(text, TIME);
  }

  private static long bucket(MinuteBar bar, int interval) {
    ZonedDateTime local = Instant.ofEpochMilli(bar.start()).atZone(INDIA);
    int minute = local.getHour() * 60 + local.getMinute();
    int into = Math.floorMod(minute - OPENING_MINUTE, interval);
    return bar.start() - into * MinuteBar.MILLIS;
  }

  private static long midnight(MinuteBar bar) {
    LocalDate date = Instant.ofEpochMilli(bar.start()).atZone(INDIA).toLocalDate();
    return date.atStartOfDay(INDIA).toInstant().toEpochMilli();
  }

  /** Tells which bar a minute belongs to, by the bar's start. */
  private interface Buckets {

    long of(MinuteBar bar);
  }

  private HttpReply bars(
      JsonNode body, LocalDateTime from, LocalDateTime to, int sample, Buckets buckets) {
    String key =
        body.path("exchangeSegment").asString("") + ":" + body.path("securityId").asString("");
    QuoteState quote = floor.quotes().quote(key);
    Map<Long, List<MinuteBar>> groups = new TreeMap<>();
    if (quote != null) {
      for (MinuteBar bar : minutes(quote, millis(from), end(to), sample)) {
        groups.computeIfAbsent(buckets.of(bar), _ -> new ArrayList<>()).add(bar);
      }
    }
    return HttpReply.json(200, arrays(groups, body.path("oi").asBoolean(false), quote));
  }

  private static long millis(LocalDateTime time) {
    return time.atZone(INDIA).toInstant().toEpochMilli();
  }

  /** The end of the time asked for: never, if that is today. */
  private long end(LocalDateTime to) {
    LocalDate today = floor.clock().instant().atZone(INDIA).toLocalDate();
    return to.toLocalDate().equals(today) && !to.equals(today.atStartOfDay())
        ? Long.MAX_VALUE
        : millis(to);
  }

  private List<MinuteBar> minutes(QuoteState quote, long from, long to, int sample) {
    List<MinuteBar> live = quote.bars();
    long begin = live.isEmpty() ? floor.clock().millis() : live.getFirst().start();
    BigDecimal close = DhanQuotes.orZero(quote.day().prevClose());
    List<MinuteBar> all = new ArrayList<>();
    if (close.signum() > 0) {
      SyntheticPast past = new SyntheticPast(close, !DhanQuotes.isIndex(quote));
      all.addAll(past.bars(from, Math.min(begin, to), sample));
    }
    live.stream().filter(bar -> bar.start() >= from && bar.start() < to).forEach(all::add);
    return all;
  }

  /** The arrays; numbers that Dhan writes as floats are floats here too. */
  private static ObjectNode arrays(
      Map<Long, List<MinuteBar>> groups, boolean withInterest, @Nullable QuoteState quote) {
    ObjectNode out = Json.object();
    ArrayNode open = out.putArray("open");
    ArrayNode high = out.putArray("high");
    ArrayNode low = out.putArray("low");
    ArrayNode close = out.putArray("close");
    ArrayNode volume = out.putArray("volume");
    ArrayNode time = out.putArray("timestamp");
    groups.forEach((start, bars) -> {
      open.add(Json.number(bars.getFirst().open()));
      high.add(Json.number(highest(bars)));
      low.add(Json.number(lowest(bars)));
      close.add(Json.number(bars.getLast().close()));
      volume.add(bars.stream().mapToDouble(bar -> bar.volume().doubleValue()).sum());
      time.add(start / 1000.0);
    });
    if (withInterest) {
      ArrayNode interest = out.putArray("open_interest");
      long value = quote == null ? 0 : DhanQuotes.interest(quote).value();
      groups.keySet().forEach(_ -> interest.add((double) value));
    }
    return out;
  }

  private static BigDecimal highest(List<MinuteBar> bars) {
    return bars.stream().map(MinuteBar::high).reduce(bars.getFirst().high(), BigDecimal::max);
  }

  private static BigDecimal lowest(List<MinuteBar> bars) {
    return bars.stream().map(MinuteBar::low).reduce(bars.getFirst().low(), BigDecimal::min);
  }
}
