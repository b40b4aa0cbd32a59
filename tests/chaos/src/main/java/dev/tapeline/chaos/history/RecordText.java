package dev.tapeline.chaos.history;

import dev.tapeline.core.Position;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a record: an event a line, its fields set apart by tabs. {@code -} stands for
 * what is absent, a position is {@code epoch/seq}, and control characters in a field become spaces.
 *
 * <pre>
 * millis attempted     publisher channel number digest
 * millis acknowledged  publisher channel number position|-
 * millis refused       publisher channel number reason
 * millis unclear       publisher channel number reason
 * millis asked         client channel all|latest position|-
 * millis subscribed    client channel position|- recovered|fresh
 * millis data          client channel seq epoch|- digest
 * millis merged        client channel from seq merged epoch|- digest
 * millis snapshot      client channel seq epoch|- digest
 * millis gap           client channel from to reason
 * millis epoch         client channel position reason
 * millis mode          client channel all|latest
 * millis connected     client node
 * millis disconnected  client reason
 * millis fault         name detail
 * millis quiet
 * millis logged        channel position digest
 * millis top           channel position oldest
 * millis ended
 * </pre>
 */
public final class RecordText {

  private static final String ABSENT = "-";

  private RecordText() {}

  public static String write(long millis, Event event) {
    return switch (event) {
      case Event.Attempted e ->
          line(millis, "attempted", e.publisher(), e.channel(), e.number(), e.digest());
      case Event.Acknowledged e ->
          line(millis, "acknowledged", e.publisher(), e.channel(), e.number(), at(e.position()));
      case Event.Refused e ->
          line(millis, "refused", e.publisher(), e.channel(), e.number(), e.reason());
      case Event.Unclear e ->
          line(millis, "unclear", e.publisher(), e.channel(), e.number(), e.reason());
      case Event.Seen e -> writeSeen(millis, e);
      case Event.Connected e -> line(millis, "connected", e.client(), e.node());
      case Event.Disconnected e -> line(millis, "disconnected", e.client(), e.reason());
      case Event.Fault e -> line(millis, "fault", e.name(), e.detail());
      case Event.Quiet e -> line(millis, "quiet");
      case Event.Logged e -> line(millis, "logged", e.channel(), at(e.position()), e.digest());
      case Event.Top e -> line(millis, "top", e.channel(), at(e.position()), e.oldest());
      case Event.Ended e -> line(millis, "ended");
    };
  }

  private static String writeSeen(long millis, Event.Seen event) {
    String who = event.client();
    String on = event.channel();
    return switch (event) {
      case Event.Asked e -> line(millis, "asked", who, on, mode(e.latest()), at(e.recover()));
      case Event.Subscribed e ->
          line(
              millis,
              "subscribed",
              who,
              on,
              at(e.position()),
              e.recovered() ? "recovered" : "fresh");
      case Event.Data e -> line(millis, "data", who, on, e.seq(), text(e.epoch()), e.digest());
      case Event.Merged e ->
          line(
              millis,
              "merged",
              who,
              on,
              e.from(),
              e.seq(),
              e.merged(),
              text(e.epoch()),
              e.digest());
      case Event.Snapshot e ->
          line(millis, "snapshot", who, on, e.seq(), text(e.epoch()), e.digest());
      case Event.Gap e -> line(millis, "gap", who, on, e.from(), e.to(), e.reason());
      case Event.Epoch e -> line(millis, "epoch", who, on, at(e.position()), e.reason());
      case Event.Mode e -> line(millis, "mode", who, on, mode(e.latest()));
    };
  }

  private static String line(long millis, String verb, Object... fields) {
    return Stream.concat(Stream.of(millis, verb), Stream.of(fields))
        .map(field -> field.toString().replaceAll("\\p{Cntrl}", " "))
        .collect(Collectors.joining("\t"));
  }

  private static String mode(boolean latest) {
    return latest ? "latest" : "all";
  }

  private static String text(@Nullable String text) {
    return text == null ? ABSENT : text;
  }

  private static String at(@Nullable Position position) {
    return position == null ? ABSENT : position.epoch() + "/" + position.seq();
  }

  /** The inverse of {@link #write}. */
  public static Entry parse(long line, String text) {
    Fields fields = new Fields(line, text);
    long millis = fields.number(0);
    return new Entry(line, millis, fields.event());
  }

  /** The fields of one line. */
  private record Fields(long line, List<String> all) {

    Fields(long line, String text) {
      this(line, List.of(text.split("\t", -1)));
    }

    String text(int index) {
      if (index >= all.size()) {
        throw new HistoryException("line " + line + " ends early: " + String.join(" ", all));
      }
      return all.get(index);
    }

    @Nullable String optional(int index) {
      String text = text(index);
      return text.equals(ABSENT) ? null : text;
    }

    long number(int index) {
      try {
        return Long.parseLong(text(index));
      } catch (NumberFormatException e) {
        throw new HistoryException("line %d: not a number: %s".formatted(line, text(index)));
      }
    }

    Position position(int index) {
      String text = text(index);
      int slash = text.lastIndexOf('/');
      if (slash < 1) {
        throw new HistoryException("line %d: not a position: %s".formatted(line, text));
      }
      return new Position(text.substring(0, slash), Long.parseLong(text.substring(slash + 1)));
    }

    @Nullable Position positionIfAny(int index) {
      return optional(index) == null ? null : position(index);
    }

    boolean is(int index, String word) {
      return text(index).equals(word);
    }

    Event event() {
      return switch (text(1)) {
        case "attempted" -> new Event.Attempted(text(2), text(3), number(4), text(5));
        case "acknowledged" ->
            new Event.Acknowledged(text(2), text(3), number(4), positionIfAny(5));
        case "refused" -> new Event.Refused(text(2), text(3), number(4), text(5));
        case "unclear" -> new Event.Unclear(text(2), text(3), number(4), text(5));
        case "asked" -> new Event.Asked(text(2), text(3), is(4, "latest"), positionIfAny(5));
        case "subscribed" ->
            new Event.Subscribed(text(2), text(3), positionIfAny(4), is(5, "recovered"));
        case "data" -> new Event.Data(text(2), text(3), number(4), optional(5), text(6));
        case "merged" ->
            new Event.Merged(
                text(2), text(3), number(4), number(5), number(6), optional(7), text(8));
        case "snapshot" -> new Event.Snapshot(text(2), text(3), number(4), optional(5), text(6));
        case "gap" -> new Event.Gap(text(2), text(3), number(4), number(5), text(6));
        case "epoch" -> new Event.Epoch(text(2), text(3), position(4), text(5));
        case "mode" -> new Event.Mode(text(2), text(3), is(4, "latest"));
        case "connected" -> new Event.Connected(text(2), text(3));
        case "disconnected" -> new Event.Disconnected(text(2), text(3));
        case "fault" -> new Event.Fault(text(2), text(3));
        case "quiet" -> new Event.Quiet();
        case "logged" -> new Event.Logged(text(2), position(3), text(4));
        case "top" -> new Event.Top(text(2), position(3), number(4));
        case "ended" -> new Event.Ended();
        default -> throw new HistoryException("line %d: no event: %s".formatted(line, text(1)));
      };
    }
  }
}
