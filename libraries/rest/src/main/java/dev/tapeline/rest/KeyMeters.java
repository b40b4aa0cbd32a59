package dev.tapeline.rest;

import dev.tapeline.access.token.PublishedKeys;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.LongAdder;

/** The metrics of the keys of tokens. */
final class KeyMeters {

  private KeyMeters() {}

  static void bind(PublishedKeys keys, MeterRegistry meters) {
    Gauge.builder("tapeline.access.keys", keys, PublishedKeys::usable)
        .description("Keys that tokens may be signed with")
        .register(meters);
    Gauge.builder("tapeline.access.keys.left.out", keys, PublishedKeys::leftOut)
        .description("Keys of the set that can't be used")
        .register(meters);
    fetches("read", keys.fetched(), meters);
    fetches("failed", keys.failed(), meters);
    FunctionCounter.builder("tapeline.access.unchecked", keys.unchecked(), LongAdder::sum)
        .description("Tokens that could not be checked because keys were missing")
        .register(meters);
  }

  private static void fetches(String outcome, LongAdder counter, MeterRegistry meters) {
    FunctionCounter.builder("tapeline.access.key.fetches", counter, LongAdder::sum)
        .description("Attempts to read the keys of tokens, by outcome")
        .tag("outcome", outcome)
        .register(meters);
  }
}
