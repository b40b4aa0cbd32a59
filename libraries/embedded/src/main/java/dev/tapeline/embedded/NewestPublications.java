package dev.tapeline.embedded;

import dev.tapeline.core.Publication;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest publication of each plain channel, up to a number of channels and of bytes. The
 * channel that has had no publication for longest is evicted first. Guarded by the bus that owns
 * it.
 */
final class NewestPublications {

  /** The approximate bytes of a channel beside its name and payload. */
  private static final int OVERHEAD = 160;

  private final int maxChannels;
  private final long maxBytes;
  private final LinkedHashMap<String, Publication> newest = new LinkedHashMap<>();
  private long bytes;
  private long evicted;

  NewestPublications(int maxChannels, long maxBytes) {
    this.maxChannels = maxChannels;
    this.maxBytes = maxBytes;
  }

  /**
   * Keeps a publication, even if it alone exceeds the bytes.
   *
   * @return whether nothing was kept of the channel before
   */
  boolean put(Publication publication) {
    Publication before = newest.putLast(publication.channel(), publication);
    bytes += bytesOf(publication) - (before == null ? 0 : bytesOf(before));
    while (newest.size() > 1 && (newest.size() > maxChannels || bytes > maxBytes)) {
      Map.Entry<String, Publication> idle = newest.pollFirstEntry();
      bytes -= bytesOf(idle.getValue());
      evicted++;
    }
    return before == null;
  }

  private static long bytesOf(Publication publication) {
    return OVERHEAD + publication.channel().length() + (long) publication.payload().length;
  }

  boolean has(String channel) {
    return newest.containsKey(channel);
  }

  @Nullable Publication of(String channel) {
    return newest.get(channel);
  }

  /** The channels; the one that has had no publication for longest comes first. */
  List<String> channels() {
    return List.copyOf(newest.keySet());
  }

  StoreStats held() {
    return new StoreStats(newest.size(), bytes, evicted);
  }
}
