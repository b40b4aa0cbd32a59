package dev.tapeline.hub.request;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.hub.frame.FrameRate;
import dev.tapeline.hub.frame.Mode;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What a client in mode {@code latest} gets, however its lane's rounds fall. */
class LatestTest {

  private static final String CHANNEL = "market:tick:X";

  /** A frame's numbers: {@code 7}, or {@code 5-7} of a merged one. */
  private record Numbers(long from, long to) {

    static Numbers of(String frame) {
      String[] numbers = frame.substring(0, frame.indexOf(' ')).split("-");
      return new Numbers(Long.parseLong(numbers[0]), Long.parseLong(numbers[numbers.length - 1]));
    }
  }

  /** Frames follow each other without a gap, say what they merged, and end at the newest. */
  @Property(tries = 100)
  void latestEndsAtTheNewestAndSaysWhatItMerged(
      @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 8) Integer> bursts,
      @ForAll boolean limited) {
    LoneClient client = new LoneClient();
    SubscriptionGrant granted =
        client.subscribeLatest(CHANNEL, limited ? FrameRate.of(1) : FrameRate.UNLIMITED);
    assertEquals(Mode.LATEST, granted.options().mode());
    int published = 0;
    for (int burst : bursts) {
      client.publishUnseen(CHANNEL, published + 1, published + burst);
      published += burst;
      if (burst % 2 == 0) {
        client.runLane();
      }
    }
    client.settle();
    awaitInterval(client);
    long newest = granted.seq();
    for (String frame : client.frames()) {
      Numbers numbers = Numbers.of(frame);
      assertEquals(newest + 1, numbers.from(), frame);
      newest = numbers.to();
    }
    assertEquals(granted.seq() + published, newest);
  }

  /** Lets the time pass that a rate asks for between two frames. */
  private static void awaitInterval(LoneClient client) {
    client.passSeconds(1);
    client.settle();
  }
}
