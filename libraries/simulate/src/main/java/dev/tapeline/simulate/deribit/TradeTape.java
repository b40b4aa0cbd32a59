package dev.tapeline.simulate.deribit;

import dev.tapeline.simulate.net.Json;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The trades of each instrument, numbered from 1 without gaps, of which the newest {@value #KEPT}
 * are kept. Owned by the server's loop.
 */
final class TradeTape {

  static final int KEPT = 5000;

  private static final class Tape {
    private final Deque<ObjectNode> newest = new ArrayDeque<>();
    private long count;
  }

  private final Map<String, Tape> tapes = new HashMap<>();

  /** Gives a trade its number, and keeps it. */
  void add(String instrument, ObjectNode trade) {
    Tape tape = tapes.computeIfAbsent(instrument, _ -> new Tape());
    tape.count++;
    trade.put("trade_seq", tape.count);
    if (tape.newest.size() == KEPT) {
      tape.newest.removeFirst();
    }
    tape.newest.addLast(trade);
  }

  /**
   * The answer to {@code get_last_trades_by_instrument}.
   *
   * @param from the lowest number that is wanted
   * @param to the highest number that is wanted
   * @param most how many trades at the most
   * @param ascending whether the oldest come first; otherwise the newest do
   */
  ObjectNode find(String instrument, long from, long to, int most, boolean ascending) {
    Tape tape = tapes.get(instrument);
    List<ObjectNode> found = tape == null ? List.of() : between(tape, from, to);
    List<ObjectNode> ordered = new ArrayList<>(found);
    if (!ascending) {
      Collections.reverse(ordered);
    }
    ObjectNode answer = Json.object();
    ArrayNode trades = answer.putArray("trades");
    ordered.stream().limit(most).forEach(trades::add);
    return answer.put("has_more", ordered.size() > most);
  }

  private static List<ObjectNode> between(Tape tape, long from, long to) {
    return tape.newest.stream()
        .filter(trade -> {
          long number = trade.path("trade_seq").asLong();
          return number >= from && number <= to;
        })
        .toList();
  }
}
