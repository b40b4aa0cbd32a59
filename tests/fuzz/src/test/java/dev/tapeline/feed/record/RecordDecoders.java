package dev.tapeline.feed.record;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.vendor.Arrival;
import dev.tapeline.fuzz.Input;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** What a recording of arrivals has in it. */
public final class RecordDecoders {

  private RecordDecoders() {}

  /** The entries of a block are refused, or written as they were read. */
  public static void entries(Input input) {
    List<Entry> found;
    try {
      found = new EntryDecoder().decode(ByteBuffer.wrap(input.bytes()), 0);
    } catch (IllegalArgumentException _) {
      return;
    }
    if (found.stream().noneMatch(RecordDecoders::isWatch)) { // JSON may be written otherwise
      Bytes out = new Bytes(16);
      EntryEncoder encoder = new EntryEncoder(out);
      encoder.begin(0);
      found.forEach(encoder::add);
      byte[] again = Arrays.copyOf(out.array(), out.length());
      check(
          new EntryDecoder().decode(ByteBuffer.wrap(again), 0).equals(found),
          "other entries after writing");
    }
  }

  private static boolean isWatch(Entry entry) {
    return entry instanceof Entry.Arrived(Arrival.Watch _);
  }

  /** A file is refused, or read to its end. */
  public static void file(Input input) throws IOException, InterruptedException {
    Path file = Files.createTempFile("fuzz", ".tlr.part"); // by its end, no index is kept
    try {
      Files.write(file, input.bytes());
      new ArrivalRecording(file).read(Long.MIN_VALUE, Long.MAX_VALUE, new Unheard());
    } catch (FeedException e) {
      check(e.getMessage() != null, "refused without a reason");
    } finally {
      Files.delete(file);
    }
  }

  /** Takes what a recording holds. */
  private record Unheard() implements ArrivalRecording.Listener {

    @Override
    public void onConversation() {}

    @Override
    public void onRestated(Arrival arrival) {}

    @Override
    public void onEntry(Entry entry) {}

    @Override
    public void onDamage(String reason) {}

    @Override
    public boolean goesOn() {
      return true;
    }
  }
}
