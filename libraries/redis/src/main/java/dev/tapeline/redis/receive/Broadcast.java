package dev.tapeline.redis.receive;

import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.redis.log.LogEntry;
import dev.tapeline.redis.wire.ChannelNames;
import dev.tapeline.redis.wire.MalformedReplyException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a partition broadcasts, and the form of its answers. It is a header line {@code 2 <n>
 * <epoch> <adopter>}, followed by groups, one a channel. A group is a line {@code <bytes of the
 * channel> <publications> <seq of the last> <mark>}, the channel, and for each publication {@code
 * <bytes of the entry> } and the entry.
 *
 * @param n the number of the newest broadcast
 * @param adopter the token of the node that adopts plain messages, 0 if there is none
 */
record Broadcast(long n, String epoch, String adopter, List<Item> items) {

  private static final int FORM = 2;
  private static final String UNMARKED = "-";

  /**
   * A publication, or only the top of a channel if the entry is empty.
   *
   * @param epoch the channel's, which begins with the partition's
   */
  @SuppressWarnings("ArrayRecordComponent") // shared, never compared
  record Item(String channel, String epoch, long seq, byte[] bytes, int from, int to) {

    boolean hasEntry() {
      return to > from;
    }

    Position position() {
      return new Position(epoch, seq);
    }

    Publication publication() {
      return LogEntry.parse(bytes, from, to).publication(channel, position());
    }

    /** The entry as text, where it is not a publication. */
    String text() {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
  }

  static Broadcast parse(byte[] bytes, ChannelNames names) {
    LogEntry.Cursor cursor = new LogEntry.Cursor(bytes, 0, bytes.length);
    if (cursor.number(' ') != FORM) {
      throw new MalformedReplyException("a broadcast of another form");
    }
    long n = cursor.number(' ');
    String epoch = cursor.word(' ');
    String adopter = cursor.word('\n');
    List<Item> items = new ArrayList<>();
    while (!cursor.isAtEnd()) {
      addGroup(items, bytes, cursor, epoch, names);
    }
    return new Broadcast(n, epoch, adopter, items);
  }

  private static void addGroup(
      List<Item> items, byte[] bytes, LogEntry.Cursor cursor, String epoch, ChannelNames names) {
    int channelLength = (int) cursor.number(' ');
    long count = cursor.number(' ');
    long last = cursor.number(' ');
    if (count > last + 1) {
      throw new MalformedReplyException("%d publications up to number %d".formatted(count, last));
    }
    long first = last - count + 1;
    String mark = cursor.word('\n');
    String channel = names.of(bytes, cursor.skip(channelLength), channelLength);
    String whole = mark.equals(UNMARKED) ? epoch : epoch.concat(mark);
    for (long i = 0; i < count; i++) {
      int length = (int) cursor.number(' ');
      int from = cursor.skip(length);
      items.add(new Item(channel, whole, first + i, bytes, from, from + length));
    }
  }
}
