package dev.tapeline.hub.message;

import dev.tapeline.json.ExactJson;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The newest bars of a channel of forming candles, each merged from its publications: the first
 * open, the highest high, the lowest low, everything else the newest. Publications belong to one
 * bar while their {@code t} is the same. One with a {@code rev} above 0 corrects what was said of
 * the bar before, and replaces all of it. One that is no bar (an object with {@code t}, {@code o},
 * {@code h}, {@code l}) stands for itself. Safe for all threads.
 */
public final class BarFold {

  /** Bars that a client may be behind before the oldest are left out. */
  static final int KEPT = 16;

  private final Deque<Bar> bars = new ArrayDeque<>(KEPT);

  /** Takes the next publication. */
  public synchronized void add(Message message) {
    ObjectNode fields = read(message.payload());
    Bar last = bars.peekLast();
    if (fields != null && last != null && last.isContinuedBy(fields)) {
      last.add(message, fields);
      return;
    }
    if (bars.size() == KEPT) {
      bars.removeFirst();
    }
    bars.addLast(new Bar(message, fields));
  }

  /** The bars with a publication after this number, oldest first. */
  public synchronized List<Message> since(long seq) {
    List<Message> found = new ArrayList<>(2);
    for (Bar bar : bars) {
      if (bar.newest.seq() > seq) {
        found.add(bar.merged());
      }
    }
    return found;
  }

  private static @Nullable ObjectNode read(Payload payload) {
    ObjectNode fields = ExactJson.read(payload.json());
    boolean bar =
        fields != null
            && fields.has("t")
            && fields.has("o")
            && decimal(fields.get("h")) != null
            && decimal(fields.get("l")) != null;
    return bar ? fields : null;
  }

  private static @Nullable BigDecimal decimal(@Nullable JsonNode value) {
    if (value == null || !(value.isNumber() || value.isString())) {
      return null;
    }
    try {
      return value.isNumber() ? value.decimalValue() : new BigDecimal(value.stringValue());
    } catch (NumberFormatException e) {
      return null; // a word is no price
    }
  }

  /** One bar: the newest publication, with the values of earlier ones that it lacks. */
  private static final class Bar {

    private Message newest;
    private @Nullable ObjectNode fields;
    private @Nullable Message merged;

    Bar(Message message, @Nullable ObjectNode fields) {
      this.newest = message;
      this.fields = fields;
    }

    boolean isContinuedBy(ObjectNode next) {
      return fields != null && next.get("t").equals(fields.get("t"));
    }

    void add(Message message, ObjectNode next) {
      ObjectNode before = fields;
      if (before != null && !corrects(next)) {
        next.set("o", before.get("o"));
        next.set("h", further(before.get("h"), next.get("h"), 1));
        next.set("l", further(before.get("l"), next.get("l"), -1));
      }
      fields = next;
      newest = message;
      merged = null;
    }

    private static boolean corrects(ObjectNode next) {
      JsonNode revision = next.path("rev");
      return revision.isNumber() && revision.decimalValue().signum() > 0;
    }

    /** The higher (sign 1) or the lower (sign -1) of two prices. */
    private static JsonNode further(JsonNode a, JsonNode b, int sign) {
      BigDecimal first = decimal(a);
      BigDecimal second = decimal(b);
      return first == null || second == null || first.compareTo(second) * sign > 0 ? a : b;
    }

    Message merged() {
      Message known = merged;
      if (known == null) {
        known = fields == null || saysAll(fields) ? newest : rewritten(fields);
        merged = known;
      }
      return known;
    }

    private boolean saysAll(ObjectNode all) {
      return all.equals(read(newest.payload()));
    }

    private Message rewritten(ObjectNode all) {
      Payload payload = new Payload(Payload.Form.JSON, ExactJson.write(all));
      return new Message(
          newest.seq(), payload, newest.stamps(), newest.receivedMillis(), newest.receivedNanos());
    }
  }
}
