package dev.tapeline.rest.history;

import dev.tapeline.core.Cache;
import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.Ohlc;
import dev.tapeline.plant.channels.Keys;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the newest bars of an instrument from the cache, which has those that form. */
final class FormingCandle {

  private static final JsonMapper JSON = new JsonMapper();

  private final Cache cache;

  FormingCandle(Cache cache) {
    this.cache = cache;
  }

  /** The bars of these times that the cache has, in order of time; none if it is away. */
  List<Bar> read(String symbol, Frame frame, Collection<Long> times) {
    List<String> keys =
        times.stream().sorted().map(time -> Keys.candle(symbol, frame.toString(), time)).toList();
    try {
      var found = cache.getAll(keys).toCompletableFuture().join();
      List<Bar> bars = new ArrayList<>();
      for (String key : keys) {
        Optional.ofNullable(found.get(key))
            .flatMap(text -> parse(text, frame))
            .ifPresent(bars::add);
      }
      return bars;
    } catch (CompletionException _) {
      return List.of(); // closed bars are better than none
    }
  }

  private static Optional<Bar> parse(String text, Frame frame) {
    try {
      JsonNode candle = JSON.readTree(text);
      Ohlc prices =
          new Ohlc(
              number(candle, "o"), number(candle, "h"), number(candle, "l"), number(candle, "c"));
      Bar.State state =
          new Bar.State(
              candle.path("closed").asBoolean(false),
              candle.path("rev").asInt(0),
              candle.path("partial").asBoolean(false));
      return Optional.of(
          new Bar(
              frame,
              candle.required("t").asLong(),
              prices,
              volume(candle),
              candle.path("n").asLong(0),
              state));
    } catch (JacksonException | IllegalArgumentException _) {
      return Optional.empty(); // others may write to the cache
    }
  }

  private static BigDecimal number(JsonNode candle, String name) {
    return new BigDecimal(candle.required(name).asString());
  }

  private static @Nullable BigDecimal volume(JsonNode candle) {
    return candle.has("v") ? number(candle, "v") : null;
  }
}
