package dev.tapeline.feed.dhan;

import dev.tapeline.feed.dhan.packet.InstrumentTable;
import dev.tapeline.feed.dhan.rest.DhanCalls;
import dev.tapeline.feed.vendor.RestCall;
import dev.tapeline.feed.vendor.VendorLink;
import dev.tapeline.market.instrument.Instrument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Asks the REST interface for what the feed has not sent: after each opening, as the feed is silent
 * about what does not change, and ten seconds after a subscription that brought nothing. What
 * others ask for is asked for at once, and each half a minute, also where the feed is merely quiet.
 * Up to a thousand instruments go in a call. Owned by the thread of its feed. Times are epoch ms.
 */
final class Seeds {

  private static final long PATIENCE = 10_000;
  private static final long AGAIN = 30_000;
  private static final int MAX_NUMBER = 100;
  private static final int MAX_TRIES = 3;

  private final InstrumentTable table;
  private final DhanCalls calls;
  private final VendorLink link;
  private final Map<Instrument, Due> due = new HashMap<>();
  private final Map<String, Batch> calling = new HashMap<>();
  private Set<Instrument> asked = Set.of();
  private int number;

  private record Due(long time, int tries) {}

  private record Batch(List<Instrument> instruments, int tries) {}

  Seeds(InstrumentTable table, DhanCalls calls, VendorLink link) {
    this.table = table;
    this.calls = calls;
    this.link = link;
  }

  /** Asks for an instrument at once, as its connection has begun anew. */
  void reopened(Instrument instrument, long now) {
    due.put(instrument, new Due(now, 0));
  }

  /** Asks for an instrument in a while, unless the feed sends it. */
  void subscribed(Instrument instrument, long now) {
    due.putIfAbsent(instrument, new Due(now + PATIENCE, 0));
  }

  /**
   * Forgets all other instruments.
   *
   * @param watched those that the feed is to send
   * @param askedFor those whose price others ask for
   */
  void retain(Set<Instrument> watched, Set<Instrument> askedFor, long now) {
    due.keySet().removeIf(one -> !watched.contains(one) && !askedFor.contains(one));
    for (Instrument instrument : askedFor) {
      if (!asked.contains(instrument)) {
        due.put(instrument, new Due(now, 0));
      }
    }
    asked = askedFor;
  }

  /** Makes the calls that are due; several at once where there are many instruments. */
  void send(long now) {
    if (due.isEmpty()) {
      return;
    }
    int tries = 0;
    List<Instrument> batch = new ArrayList<>();
    Iterator<Map.Entry<Instrument, Due>> entries = due.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<Instrument, Due> entry = entries.next();
      if (entry.getValue().time() <= now) {
        if (!table.isStreaming(entry.getKey()) || asked.contains(entry.getKey())) {
          batch.add(entry.getKey());
          tries = Math.max(tries, entry.getValue().tries());
        }
        entries.remove();
      }
    }
    batch.sort(Comparator.comparing(Instrument::key));
    asked.forEach(one -> due.putIfAbsent(one, new Due(now + AGAIN, 0)));
    for (int from = 0; from < batch.size(); from += DhanCalls.MAX_QUOTES) {
      int to = Math.min(batch.size(), from + DhanCalls.MAX_QUOTES);
      call(new Batch(List.copyOf(batch.subList(from, to)), tries));
    }
  }

  private void call(Batch batch) {
    number = number % MAX_NUMBER + 1;
    RestCall call = calls.quotes(number, batch.instruments());
    calling.put(call.name(), batch);
    link.call(call);
  }

  /** The instruments of a call whose price others ask for; none once it was answered. */
  List<Instrument> askedIn(String call) {
    Batch batch = calling.get(call);
    return batch == null
        ? List.of()
        : batch.instruments().stream().filter(asked::contains).toList();
  }

  /** A call has been answered. */
  void answered(String call) {
    calling.remove(call);
  }

  /** A call has failed: what it asked for is asked for again in a while, a few times. */
  void failed(String call, long now) {
    Batch batch = calling.remove(call);
    if (batch != null && batch.tries() < MAX_TRIES) {
      Due again = new Due(now + PATIENCE, batch.tries() + 1);
      batch.instruments().forEach(one -> due.merge(one, again, Seeds::sooner));
    }
  }

  private static Due sooner(Due one, Due other) {
    return one.time() <= other.time() ? one : other;
  }
}
