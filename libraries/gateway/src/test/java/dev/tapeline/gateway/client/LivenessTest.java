package dev.tapeline.gateway.client;

import static dev.tapeline.gateway.client.Liveness.Need.CLOSE;
import static dev.tapeline.gateway.client.Liveness.Need.NOTHING;
import static dev.tapeline.gateway.client.Liveness.Need.PING;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Times are those of a client that is to be pinged after ten of silence. */
class LivenessTest {

  private static final long INTERVAL = 10;

  private final Liveness socket = new Liveness(true, 0);
  private final Liveness events = new Liveness(false, 0);

  @Test
  void aSilentClientIsPingedOnceAndThenGone() {
    assertEquals(
        List.of(NOTHING, PING, NOTHING, NOTHING, CLOSE), looks(socket, 10, 11, 12, 25, 26));
  }

  @Test
  void anyFrameIsASignOfLife() {
    assertEquals(List.of(PING), looks(socket, 11));
    socket.onFrame(20);
    assertEquals(List.of(NOTHING, PING, NOTHING, CLOSE), looks(socket, 30, 31, 45, 46));
  }

  @Test
  void takingWhatIsSentIsASignOfLife() {
    assertEquals(NOTHING, socket.look(24, INTERVAL, 1, true));
    assertEquals(NOTHING, socket.look(49, INTERVAL, 1, true));
    assertEquals(CLOSE, socket.look(50, INTERVAL, 1, true));
  }

  @Test
  void aBlockedClientIsPingedOnlyWhenAPingWouldGetThrough() {
    assertEquals(NOTHING, socket.look(11, INTERVAL, 0, true));
    assertEquals(PING, socket.look(12, INTERVAL, 0, false));
    assertEquals(CLOSE, socket.look(26, INTERVAL, 0, true));
  }

  @Test
  void aClientThatCannotAnswerIsPingedAtIntervalsAndNeverGone() {
    assertEquals(List.of(NOTHING, PING, NOTHING, PING, PING), looks(events, 10, 11, 21, 22, 1_000));
    assertEquals(NOTHING, events.look(2_000, INTERVAL, 0, true));
  }

  private static List<Liveness.Need> looks(Liveness liveness, long... times) {
    return LongStream.of(times).mapToObj(now -> liveness.look(now, INTERVAL, 0, false)).toList();
  }
}
