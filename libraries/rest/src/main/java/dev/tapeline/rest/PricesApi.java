package dev.tapeline.rest;

import dev.tapeline.core.Excerpt;
import dev.tapeline.market.instrument.Reference;
import dev.tapeline.plant.channels.Keys;
import dev.tapeline.rest.http.Numbers;
import dev.tapeline.rest.http.ProblemException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The call for last prices by key: all are read from the cache at once, and vendors are asked for
 * those that it does not have. Pages poll it, so that the answer is written without a tree of
 * objects. Keys and prices need no escaping: keys are checked, and a price that is not a JSON
 * number is left out.
 */
final class PricesApi {

  static final int MAX_KEYS = 1_000;

  private static final String PARAMETER = "keys=";
  private static final int LTP_PREFIX = Keys.ltp("").length();

  private final CacheReader cache;
  private final PriceFetch vendors;
  private final InstantSource clock;

  /**
   * @param vendors tell what the cache does not have
   */
  PricesApi(CacheReader cache, PriceFetch vendors, InstantSource clock) {
    this.cache = cache;
    this.vendors = vendors;
    this.clock = clock;
  }

  /** Adds its paths. */
  void addTo(RoutesConfig routes) {
    routes.get("/api/v1/current_prices", this::currentPrices);
  }

  private void currentPrices(Context ctx) throws IOException {
    List<String> keys = keys(parameters(ctx));
    keys.add(Keys.simulated()); // its value is no number, and so none of the prices
    Map<String, String> prices = cache.getAll(keys);
    boolean simulated = prices.containsKey(Keys.simulated()) && isAnySimulated(prices);
    Map<String, String> fetched = fetch(keys, prices);
    ctx.contentType("application/json").outputStream().write(json(prices, fetched, simulated));
  }

  /** What vendors tell of the keys that the cache does not have, by key of the cache. */
  private Map<String, String> fetch(List<String> keys, Map<String, String> cached) {
    List<String> missing =
        keys.stream()
            .filter(key -> !cached.containsKey(key) && !key.equals(Keys.simulated()))
            .map(key -> key.substring(LTP_PREFIX))
            .distinct()
            .toList();
    if (missing.isEmpty()) {
      return Map.of();
    }
    Map<String, String> fetched = new LinkedHashMap<>();
    vendors.fetch(missing).forEach((key, price) -> fetched.put(Keys.ltp(key), price));
    return fetched;
  }

  /** Whether any of the prices is simulated; looked up only while some source simulates prices. */
  private boolean isAnySimulated(Map<String, String> prices) {
    List<String> marks =
        prices.keySet().stream()
            .filter(key -> !key.equals(Keys.simulated()))
            .map(key -> Keys.simulated(key.substring(LTP_PREFIX)))
            .toList();
    return !marks.isEmpty() && !cache.getAll(marks).isEmpty();
  }

  private static List<String> parameters(Context ctx) {
    String query = ctx.queryString();
    return query != null && isPlain(query)
        ? List.of(query.substring(PARAMETER.length()))
        : ctx.queryParams("keys");
  }

  /** Whether the query is only this parameter, without percent-encoding. */
  private static boolean isPlain(String query) {
    return query.startsWith(PARAMETER)
        && query.indexOf('&') < 0
        && query.indexOf('%') < 0
        && query.indexOf('+') < 0;
  }

  /** The keys of the cache, in the order of the request, each once. */
  private static List<String> keys(List<String> parameters) {
    List<String> keys = new ArrayList<>(128);
    for (String parameter : parameters) {
      int begin = 0;
      while (begin <= parameter.length()) {
        int comma = parameter.indexOf(',', begin);
        int end = comma < 0 ? parameter.length() : comma;
        keys.add(Keys.ltp(checked(parameter.substring(begin, end))));
        begin = end + 1;
      }
      checkCount(keys.size());
    }
    if (keys.isEmpty()) {
      throw new ProblemException(400, "the parameter 'keys' is missing");
    }
    return keys;
  }

  private static void checkCount(int count) {
    if (count > MAX_KEYS) {
      throw new ProblemException(400, "at most %d keys, not %d".formatted(MAX_KEYS, count));
    }
  }

  private static String checked(String key) {
    if (!Reference.isValidKey(key)) {
      throw new ProblemException(
          400, "not a key: '%s'; a key is SEGMENT:SECURITY_ID".formatted(shortened(key)));
    }
    return key;
  }

  private static String shortened(String key) {
    return Excerpt.of(key, 64);
  }

  private byte[] json(Map<String, String> cached, Map<String, String> fetched, boolean simulated) {
    StringBuilder out =
        new StringBuilder(64 + (cached.size() + fetched.size()) * 32).append("{\"prices\":{");
    int fromCache = append(cached, 0, out);
    int count = append(fetched, fromCache, out);
    out.append("},\"timestamp\":\"")
        .append(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .append("\",\"count\":")
        .append(count)
        .append(",\"cached_count\":")
        .append(fromCache)
        .append(",\"api_fetched_count\":")
        .append(count - fromCache)
        .append(simulated ? ",\"simulated\":true}" : "}");
    return out.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Appends the prices that are numbers; returns how many there are with those before. */
  private static int append(Map<String, String> prices, int before, StringBuilder out) {
    int count = before;
    for (Map.Entry<String, String> price : prices.entrySet()) {
      if (Numbers.isJsonNumber(price.getValue())) {
        out.append(count++ == 0 ? "\"" : ",\"")
            .append(price.getKey().substring(LTP_PREFIX))
            .append("\":")
            .append(price.getValue());
      }
    }
    return count;
  }
}
