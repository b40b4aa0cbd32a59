package dev.tapeline.feed.dhan;

import dev.tapeline.feed.dhan.packet.TradingHours;
import dev.tapeline.feed.dhan.rest.ChainLegs;
import dev.tapeline.feed.dhan.rest.ChainTicks;
import dev.tapeline.feed.dhan.rest.DhanAnswer;
import dev.tapeline.feed.dhan.rest.DhanCalls;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.market.instrument.ChainKey;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.tick.TickListener;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Polls the option chains that are wanted, the one that has waited longest first. Each is asked for
 * once per interval at most, and all of them within the share of the vendor's budget that is left
 * to them; with many chains the interval grows. Outside of trading hours each is asked for until it
 * was answered once. Owned by the thread of its feed. Times are epoch ms.
 */
final class ChainPoller {

  /** Four calls a second: one of the vendor's five is left to others. */
  private static final long SPACING = 250;

  private static final int MAX_ASKED = 8;
  private static final long MAX_WAIT = 60_000;
  private static final long LOST = 60_000;

  private final DhanCalls calls;
  private final ChainLegs instruments;
  private final ChainTicks ticks;
  private final TradingHours hours;
  private final VendorLink link;
  private final PollReport report;
  private final long interval;

  private final TreeMap<ChainKey, Poll> polls =
      new TreeMap<>(Comparator.comparing(ChainKey::underlying).thenComparing(ChainKey::expiry));
  private long next;
  private long lastSuccess;

  /** A chain's place in the queue. Mutable, within its poller. */
  private static final class Poll {
    long due;
    long asked;
    int failures;
    boolean answered;
    long fingerprint;
    long body;
  }

  ChainPoller(
      DhanCalls calls,
      ChainLegs instruments,
      ChainTicks ticks,
      TradingHours hours,
      VendorLink link,
      PollReport report,
      long interval) {
    this.calls = calls;
    this.instruments = instruments;
    this.ticks = ticks;
    this.hours = hours;
    this.link = link;
    this.report = report;
    this.interval = interval;
  }

  void watch(Set<ChainKey> chains) {
    polls.keySet().retainAll(chains);
    chains.forEach(chain -> polls.computeIfAbsent(chain, _ -> new Poll()));
    report.retain(chains);
  }

  /** Makes the calls that are due. */
  void send(long now) {
    int asked = asked(now);
    while (now >= next && asked < MAX_ASKED) {
      Map.Entry<ChainKey, Poll> due = due(now);
      if (due == null) {
        return;
      }
      if (ask(due.getKey(), due.getValue(), now)) {
        next = Math.max(next, now - SPACING) + SPACING;
        asked++;
      }
    }
  }

  private int asked(long now) {
    int asked = 0;
    for (Poll poll : polls.values()) {
      if (poll.asked > 0 && now - poll.asked > LOST) {
        poll.asked = 0;
      }
      asked += poll.asked > 0 ? 1 : 0;
    }
    return asked;
  }

  /** The chain that has waited longest; null if none is due. */
  private Map.@Nullable Entry<ChainKey, Poll> due(long now) {
    boolean open = hours.isOpen(now);
    return polls.entrySet().stream()
        .filter(entry -> entry.getValue().asked == 0 && entry.getValue().due <= now)
        .filter(entry -> open || !entry.getValue().answered)
        .min(Comparator.comparingLong(entry -> entry.getValue().due))
        .orElse(null);
  }

  private boolean ask(ChainKey chain, Poll poll, long now) {
    Instrument underlying = instruments.underlying(chain.underlying());
    if (underlying == null) {
      poll.due = now + MAX_WAIT;
      report.failed(chain, "the underlying %s is unknown".formatted(chain.underlying()), now);
      return false;
    }
    poll.asked = now;
    poll.due = now + interval;
    link.call(calls.chain(chain, underlying));
    return true;
  }

  /**
   * Takes the answer to a call of this name.
   *
   * @param body another number for another body: the same one again is not told again
   */
  void onAnswer(String call, DhanAnswer answer, long body, long now, TickListener out) {
    ChainKey chain = chainOf(call);
    if (chain == null) {
      link.fault("chain", "an answer about no chain");
      return;
    }
    switch (answer) {
      case DhanAnswer.Success(var data) when data.has("oc") -> {
        Poll poll = polls.getOrDefault(chain, new Poll()); // of none that is wanted: no place
        boolean repeated = poll.answered && poll.body == body;
        poll.body = body;
        if (repeated) {
          succeeded(chain, poll, poll.fingerprint, now);
        } else {
          told(chain, poll, ticks.tell(chain, data, now, out), now);
        }
      }
      case DhanAnswer.Success _ -> failed(chain, "the answer has no chain", now);
      case DhanAnswer.NoData(String text) -> failed(chain, text, now);
      case DhanAnswer.Failure failure -> failed(chain, failure.toString(), now);
    }
  }

  private void told(ChainKey chain, Poll poll, ChainTicks.Told told, long now) {
    if (told.bad() > 0) {
      link.fault("chain", "%d rows of %s can't be read".formatted(told.bad(), chain));
    }
    if (told.unknown() > 0) {
      link.fault("chain-leg", "%d options of %s are unknown here".formatted(told.unknown(), chain));
    }
    succeeded(chain, poll, told.fingerprint(), now);
  }

  private void succeeded(ChainKey chain, Poll poll, long fingerprint, long now) {
    report.succeeded(chain, now, poll.answered && poll.fingerprint == fingerprint);
    poll.fingerprint = fingerprint;
    poll.answered = true;
    poll.asked = 0;
    poll.due = now + interval; // counted from the answer: a call may have waited for its budget
    poll.failures = 0;
    lastSuccess = now;
  }

  /** A call of this name has failed without an answer. */
  void onUnanswered(String call, String reason, long now) {
    ChainKey chain = chainOf(call);
    if (chain != null) {
      failed(chain, reason, now);
    }
  }

  private void failed(ChainKey chain, String reason, long now) {
    report.failed(chain, reason, now);
    Poll poll = polls.get(chain);
    if (poll != null) {
      poll.asked = 0;
      poll.failures = Math.min(poll.failures + 1, 10);
      poll.due = now + Math.min(MAX_WAIT, interval << poll.failures);
    }
  }

  /** The chain of a call such as {@code optionchain NIFTY:2026-12-08}; null if it is none. */
  private static @Nullable ChainKey chainOf(String call) {
    int space = call.indexOf(' ');
    int colon = call.lastIndexOf(':');
    if (space < 0 || colon < space) {
      return null;
    }
    try {
      return new ChainKey(
          call.substring(space + 1, colon), LocalDate.parse(call.substring(colon + 1)));
    } catch (IllegalArgumentException | DateTimeParseException _) {
      return null;
    }
  }

  boolean isEmpty() {
    return polls.isEmpty();
  }

  /** When the last good answer came; 0 before. */
  long lastSuccess() {
    return lastSuccess;
  }
}
