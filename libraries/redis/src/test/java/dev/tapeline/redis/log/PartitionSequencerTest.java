package dev.tapeline.redis.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.core.Append;
import dev.tapeline.core.Publication;
import io.lettuce.core.RedisCommandExecutionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The order of the calls of a partition when some come back. */
class PartitionSequencerTest {

  private static final PartitionSequencer.Answer DONE =
      new PartitionSequencer.Answer(List.of(), null);
  private static final PartitionSequencer.Answer MOVED = refused("MOVED 7 127.0.0.1:1");
  private static final PartitionSequencer.Answer ASK = refused("ASK 7 127.0.0.1:1");
  private static final PartitionSequencer.Answer LACKING = refused("ERR Function not found");
  private static final PartitionSequencer.Answer LOST =
      new PartitionSequencer.Answer(null, new IOException("lost"));

  private final List<String> sent = new ArrayList<>();
  private final List<String> done = new ArrayList<>();
  private final List<PartitionSequencer.Place> places = new ArrayList<>();
  private CompletableFuture<Void> equipped = CompletableFuture.completedFuture(null);
  private final PartitionSequencer sequencer =
      new PartitionSequencer(
          due -> due.forEach(place -> sent.add(name(place))),
          () -> {
            sent.add("library");
            return equipped;
          });

  private static PartitionSequencer.Answer refused(String said) {
    return new PartitionSequencer.Answer(null, new RedisCommandExecutionException(said));
  }

  private String name(PartitionSequencer.Place place) {
    return String.valueOf(places.indexOf(place) + 1);
  }

  private void call(int count) {
    for (int i = 0; i < count; i++) {
      AppendCall call = AppendCall.split(List.of(Append.of(Publication.of("d:a", "x")))).getFirst();
      String name = String.valueOf(places.size() + 1);
      PartitionSequencer.Place place =
          new PartitionSequencer.Place(
              call, answer -> done.add(name + (answer.error() == null ? "" : " failed")));
      places.add(place);
      if (sequencer.enter(place) == PartitionSequencer.Admission.SEND) {
        sent.add(name);
      }
    }
  }

  private void answer(int number, PartitionSequencer.Answer answer) {
    sequencer.answered(places.get(number - 1), answer);
  }

  @Test
  void callsThatComeBackGoOutAgainInTheirOrderWhenNoneIsUnderWay() {
    call(3);
    answer(1, MOVED);
    answer(3, MOVED);
    call(1);
    assertEquals(List.of("1", "2", "3"), sent);
    answer(2, MOVED);
    assertEquals(List.of("1", "2", "3", "1", "2", "3", "4"), sent);
    assertEquals(List.of(), done);
  }

  @Test
  void aCallThatWasOvertakenFails() {
    call(3);
    answer(1, MOVED);
    answer(2, DONE);
    answer(3, MOVED);
    assertEquals(List.of("2", "1 failed"), done);
    assertEquals(List.of("1", "2", "3", "3"), sent);
  }

  @Test
  void whatMayHaveBeenCarriedOutOvertakesToo() {
    call(2);
    answer(1, MOVED);
    answer(2, LOST);
    assertEquals(List.of("2 failed", "1 failed"), done);
  }

  @Test
  void whatRedisRefusesOvertakesNothing() {
    call(2);
    answer(1, MOVED);
    answer(2, ASK);
    assertEquals(List.of("2 failed"), done);
    assertEquals(List.of("1", "2", "1"), sent);
  }

  @Test
  void callsWaitForTheLibrary() {
    equipped = new CompletableFuture<>();
    call(2);
    answer(1, LACKING);
    answer(2, LACKING);
    call(1);
    assertEquals(List.of("1", "2", "library"), sent);
    equipped.complete(null);
    assertEquals(List.of("1", "2", "library", "1", "2", "3"), sent);
  }

  @Test
  void aCallThatComesBackAgainAndAgainFailsAndOthersGoOn() {
    call(1);
    for (int i = 0; i < 4; i++) {
      answer(1, MOVED);
    }
    call(1);
    answer(2, DONE);
    assertEquals(List.of("1 failed", "2"), done);
  }

  @Test
  void withoutTheLibraryAllThatWaitFail() {
    equipped = CompletableFuture.failedFuture(new IOException("away"));
    call(2);
    answer(2, LACKING);
    answer(1, LACKING);
    call(1);
    assertEquals(List.of("1 failed", "2 failed"), done);
    assertEquals(List.of("1", "2", "library", "3"), sent);
  }

  @Test
  void waitingCallsAreLimited() {
    call(2);
    answer(1, MOVED);
    call(PartitionSequencer.MAX_WAITING);
    assertEquals(List.of("%d failed".formatted(2 + PartitionSequencer.MAX_WAITING)), done);
  }
}
