package dev.tapeline.redis.log;

import dev.tapeline.core.BusException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the order of the calls that publish on one partition. Calls are sent as they come. When a
 * call comes back because its server lacks the library or no longer has the partition, later calls
 * wait until all sent calls are answered. Then the calls that came back are sent again, except
 * those that a later call has overtaken, which fail. Safe for all threads.
 */
final class PartitionSequencer {

  static final int MAX_WAITING = 1 << 12;
  static final String OVERTAKEN = "Redis did not execute it, and a later call is logged already";
  private static final int MAX_ATTEMPTS = 4;

  /** A call in the sequence, and how often it was sent. */
  static final class Place {

    private final LogCall call;
    private final Consumer<Answer> done;
    private long number;
    private int attempts;

    Place(LogCall call, Consumer<Answer> done) {
      this.call = call;
      this.done = done;
    }

    LogCall call() {
      return call;
    }
  }

  /** The outcome of a call: results or an error. */
  record Answer(@Nullable List<Object> results, @Nullable Throwable error) {

    static Answer failed(String why) {
      return new Answer(null, new BusException(why));
    }
  }

  private final Consumer<List<Place>> sender;
  private final Supplier<CompletionStage<Void>> equipment;

  // Guarded by this.
  private List<Place> waiting = new ArrayList<>();
  private long numbers;
  private long carriedOut;
  private int underWay;
  private boolean lacking;
  private boolean mending;

  /**
   * @param sender sends calls, and passes each answer to {@link #answered}
   * @param equipment brings the library to the partition's server
   */
  PartitionSequencer(Consumer<List<Place>> sender, Supplier<CompletionStage<Void>> equipment) {
    this.sender = sender;
    this.equipment = equipment;
  }

  /** What becomes of a call that has got its place. */
  enum Admission {
    /** The caller is to send it now. */
    SEND,
    /** It is sent later, from here. */
    WAIT,
    /** Too many calls wait; it has failed. */
    REFUSED
  }

  /** Gives a call its place behind all that came before. */
  Admission enter(Place place) {
    synchronized (this) {
      place.number = ++numbers;
      if (waiting.isEmpty() && !mending) {
        underWay++;
        return Admission.SEND;
      }
      if (waiting.size() < MAX_WAITING) {
        waiting.add(place);
        return Admission.WAIT;
      }
    }
    place.done.accept(Answer.failed("%d calls of a partition wait".formatted(MAX_WAITING)));
    return Admission.REFUSED;
  }

  void answered(Place place, Answer answer) {
    LogFault fault = answer.error() == null ? null : LogFault.of(answer.error());
    boolean back = (fault == LogFault.LACKING || fault == LogFault.MOVED);
    boolean again = back && ++place.attempts < MAX_ATTEMPTS;
    boolean mends = note(place, fault, again);
    if (!again) {
      place.done.accept(answer);
    }
    if (mends) {
      mend();
    }
  }

  private synchronized boolean note(Place place, @Nullable LogFault fault, boolean again) {
    underWay--;
    if (again) {
      waiting.add(place);
      lacking |= fault == LogFault.LACKING;
    } else if (fault == null || fault == LogFault.LOST) {
      carriedOut = Math.max(carriedOut, place.number);
    }
    return beginMending();
  }

  private synchronized boolean beginMending() {
    if (mending || underWay > 0 || waiting.isEmpty()) {
      return false;
    }
    mending = true;
    return true;
  }

  private void mend() {
    overtaken().forEach(place -> place.done.accept(Answer.failed(OVERTAKEN)));
    if (takeLacking()) {
      var _ = equipment.get().whenComplete((_, error) -> goOn(error));
    } else {
      goOn(null);
    }
  }

  private synchronized boolean takeLacking() {
    boolean was = lacking;
    lacking = false;
    return was;
  }

  private synchronized List<Place> overtaken() {
    List<Place> late = waiting.stream().filter(place -> place.number < carriedOut).toList();
    waiting.removeAll(late);
    return late;
  }

  private void goOn(@Nullable Throwable error) {
    List<Place> due = due();
    if (error == null) {
      sender.accept(due);
    } else {
      due.forEach(
          place -> answered(place, new Answer(null, new BusException("no library", error))));
    }
    boolean mends;
    synchronized (this) {
      mending = false;
      mends = beginMending();
    }
    if (mends) {
      mend();
    }
  }

  private synchronized List<Place> due() {
    List<Place> due = waiting;
    due.sort(Comparator.comparingLong(place -> place.number));
    waiting = new ArrayList<>();
    underWay += due.size();
    return due;
  }
}
