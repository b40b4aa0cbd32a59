package dev.tapeline.chaos.history;

import dev.tapeline.core.Position;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** A fault that is put into a correct record, and the breach that must be found. */
enum Planted {
  LOSS(Breach.LOST, Breach.SEAM_LOST, Breach.PARTIAL_RECOVERY, Breach.NOT_LIVE) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(record, random, at -> isData(record, at), (out, at) -> out.remove(at));
    }
  },
  DOUBLE(Breach.DOUBLED, Breach.SEAM_DOUBLED, Breach.SILENT_EPOCH) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(
          record, random, at -> isData(record, at), (out, at) -> out.add(at, out.get(at)));
    }
  },
  SWAP(Breach.DISORDERED) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(
          record,
          random,
          at -> isData(record, at) && next(record, at) > 0,
          (out, at) -> {
            int second = next(out, at);
            Event first = out.get(at);
            out.set(at, out.get(second));
            out.set(second, first);
          });
    }
  },
  PARTIAL_RECOVERY(Breach.PARTIAL_RECOVERY) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(record, random, at -> missed(record, at) > 1, (out, at) -> out.remove(at + 1));
    }
  },
  RECOVERY_WITH_A_GAP(Breach.PARTIAL_RECOVERY) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(
          record,
          random,
          at -> missed(record, at) > 1,
          (out, at) -> {
            Event.Data data = (Event.Data) out.get(at + 1);
            out.set(
                at + 1,
                new Event.Gap(data.client(), data.channel(), data.seq(), data.seq(), "overrun"));
          });
    }
  },
  RECOVERY_CUT_SHORT(Breach.PARTIAL_RECOVERY, Breach.LOST, Breach.NOT_LIVE) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(
          record,
          random,
          at -> missed(record, at) > 1 && next(record, at + missed(record, at)) > 0,
          (out, at) -> out.remove(at + missed(record, at)));
    }
  },
  RECOVERY_OF_ANOTHER_EPOCH(Breach.PARTIAL_RECOVERY) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(
          record,
          random,
          at -> refused(record, at),
          (out, at) -> {
            Event.Subscribed e = (Event.Subscribed) out.get(at);
            out.set(at, new Event.Subscribed(e.client(), e.channel(), e.position(), true));
          });
    }
  },
  SILENT_EPOCH(Breach.SILENT_EPOCH) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(record, random, at -> isShownEpoch(record, at), (out, at) -> out.remove(at));
    }
  },
  ALTERED(Breach.ALTERED) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(
          record,
          random,
          at -> isData(record, at),
          (out, at) -> out.set(at, withDigest((Event.Data) out.get(at), "changed")));
    }
  },
  ANOTHER_PAYLOAD(
      Breach.NOT_THE_SAME, Breach.NUMBER_TWICE, Breach.SILENT_EPOCH, Breach.REFUSED_CAME) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(
          record,
          random,
          at -> isData(record, at) && other(record, at) != null,
          (out, at) -> out.set(at, withDigest((Event.Data) out.get(at), other(record, at))));
    }
  },
  WRONG_MERGE_COUNT(Breach.WRONG_MERGE) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(
          record,
          random,
          at -> record.get(at) instanceof Event.Merged,
          (out, at) -> {
            Event.Merged e = (Event.Merged) out.get(at);
            out.set(at, merged(e, e.from(), e.merged() + 1));
          });
    }
  },
  MERGE_TOO_EARLY(Breach.WRONG_MERGE) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(
          record,
          random,
          at -> record.get(at) instanceof Event.Merged e && e.from() > 1,
          (out, at) -> {
            Event.Merged e = (Event.Merged) out.get(at);
            out.set(at, merged(e, e.from() - 1, e.merged() + 1));
          });
    }
  },
  NUMBER_TWICE(Breach.NUMBER_TWICE) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(
          record,
          random,
          at -> record.get(at) instanceof Event.Acknowledged e && earlier(record, at, e) != null,
          (out, at) -> {
            Event.Acknowledged e = (Event.Acknowledged) out.get(at);
            out.set(
                at,
                new Event.Acknowledged(
                    e.publisher(), e.channel(), e.number(), earlier(record, at, e)));
          });
    }
  },
  ACKNOWLEDGED_LOST(Breach.ACKNOWLEDGED_LOST) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(
          record,
          random,
          at ->
              record.get(at) instanceof Event.Logged logged
                  && record.stream()
                      .anyMatch(e ->
                          e instanceof Event.Acknowledged a
                              && logged.channel().equals(a.channel())
                              && logged.position().equals(a.position())),
          (out, at) -> out.remove(at));
    }
  },
  /** A master is lost with its newest publication, and its epoch goes on. */
  LOG_ENDS_EARLY(Breach.ACKNOWLEDGED_LOST) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(
          record,
          random,
          at -> record.get(at) instanceof Event.Top e && e.oldest() < e.position().seq(),
          (out, at) -> {
            Event.Top e = (Event.Top) out.get(at);
            Position end = new Position(e.position().epoch(), e.position().seq() - 1);
            out.set(at, new Event.Top(e.channel(), end, e.oldest()));
            out.remove(at - 1);
          });
    }
  },
  WRONG_GAP(Breach.WRONG_GAP) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(
          record,
          random,
          at -> record.get(at) instanceof Event.Gap,
          (out, at) -> {
            Event.Gap e = (Event.Gap) out.get(at);
            out.set(
                at, new Event.Gap(e.client(), e.channel(), e.from() + 1, e.to() + 1, e.reason()));
          });
    }
  },
  REFUSED_CAME(Breach.REFUSED_CAME) {
    @Override
    Optional<List<Event>> plant(List<Event> record, Random random) {
      return change(
          record,
          random,
          at ->
              record.get(at) instanceof Event.Acknowledged e
                  && record.get(at - 1) instanceof Event.Attempted a
                  && came(record, a.digest())
                  && e.number() == a.number(),
          (out, at) -> {
            Event.Acknowledged e = (Event.Acknowledged) out.get(at);
            out.set(at, new Event.Refused(e.publisher(), e.channel(), e.number(), "FENCED"));
          });
    }
  };

  final Set<Breach> found;

  Planted(Breach first, Breach... others) {
    found = EnumSet.of(first, others);
  }

  /** The record with the fault, unless it has no place for it. */
  abstract Optional<List<Event>> plant(List<Event> record, Random random);

  private interface Change {
    void at(List<Event> out, int index);
  }

  private static Optional<List<Event>> change(
      List<Event> record, Random random, IntPredicate place, Change change) {
    int[] places = IntStream.range(0, record.size()).filter(place).toArray();
    if (places.length == 0) {
      return Optional.empty();
    }
    List<Event> out = new ArrayList<>(record);
    change.at(out, places[random.nextInt(places.length)]);
    return Optional.of(out);
  }

  /** Data that continues a stream, and after which the same connection shows whether it came. */
  private static boolean isData(List<Event> record, int at) {
    return at >= 0
        && record.get(at) instanceof Event.Data data
        && data.epoch() == null
        && (next(record, at) > 0 || isLast(record, at, data));
  }

  private static boolean isLast(List<Event> record, int at, Event.Data data) {
    return record.subList(0, at).contains(new Event.Quiet()) && came(record, data.digest());
  }

  /** The next data of that client, channel and connection; -1 if something else comes before. */
  private static int next(List<Event> record, int at) {
    Event.Seen seen = (Event.Seen) record.get(at);
    for (int i = at + 1; i < record.size(); i++) {
      if (record.get(i) instanceof Event.Disconnected e && e.client().equals(seen.client())) {
        return -1;
      }
      if (record.get(i) instanceof Event.Seen e
          && e.client().equals(seen.client())
          && e.channel().equals(seen.channel())) {
        return e instanceof Event.Data data && data.epoch() == null ? i : -1;
      }
    }
    return -1;
  }

  /** A new epoch whose first data has a position that its publisher knows. */
  private static boolean isShownEpoch(List<Event> record, int at) {
    return record.get(at) instanceof Event.Epoch epoch
        && HistoryModel.DURABLE.contains(epoch.channel())
        && isData(record, next(record, at))
        && isAcknowledged(record, ((Event.Data) record.get(next(record, at))).digest());
  }

  private static boolean isAcknowledged(List<Event> record, String digest) {
    for (int i = 1; i < record.size(); i++) {
      if (record.get(i - 1) instanceof Event.Attempted a && a.digest().equals(digest)) {
        return record.get(i) instanceof Event.Acknowledged;
      }
    }
    return false;
  }

  /** The number of publications that a recovery brings. */
  private static int missed(List<Event> record, int at) {
    return record.get(at) instanceof Event.Subscribed e
            && e.recovered()
            && e.position() != null
            && record.get(at - 1) instanceof Event.Asked asked
            && asked.recover() != null
        ? (int) (e.position().seq() - asked.recover().seq())
        : 0;
  }

  private static boolean refused(List<Event> record, int at) {
    return record.get(at) instanceof Event.Subscribed e
        && e.position() != null
        && record.get(at - 1) instanceof Event.Asked asked
        && asked.recover() != null
        && !asked.recover().epoch().equals(e.position().epoch());
  }

  private static boolean came(List<Event> record, String digest) {
    return record.stream().anyMatch(e -> e instanceof Event.Data d && d.digest().equals(digest));
  }

  /** Another payload of the channel; only where numbers are the same for all. */
  private static String other(List<Event> record, int at) {
    Event.Data data = (Event.Data) record.get(at);
    boolean shared =
        HistoryModel.DURABLE.contains(data.channel())
            && record.stream().anyMatch(e -> e != data && isSame(e, data));
    return shared
        ? record.subList(0, at).stream()
            .filter(e ->
                e instanceof Event.Attempted a
                    && a.channel().equals(data.channel())
                    && !a.digest().equals(data.digest()))
            .map(e -> ((Event.Attempted) e).digest())
            .findFirst()
            .orElse(null)
        : null;
  }

  private static boolean isSame(Event event, Event.Data data) {
    return event instanceof Event.Data d && d.digest().equals(data.digest());
  }

  private static Position earlier(List<Event> record, int at, Event.Acknowledged mine) {
    return record.subList(0, at).stream()
        .filter(e ->
            e instanceof Event.Acknowledged a
                && a.position() != null
                && a.channel().equals(mine.channel()))
        .map(e -> ((Event.Acknowledged) e).position())
        .findFirst()
        .orElse(null);
  }

  private static Event.Data withDigest(Event.Data e, String digest) {
    return new Event.Data(e.client(), e.channel(), e.seq(), e.epoch(), digest);
  }

  private static Event.Merged merged(Event.Merged e, long from, long count) {
    return new Event.Merged(e.client(), e.channel(), from, e.seq(), count, e.epoch(), e.digest());
  }
}
