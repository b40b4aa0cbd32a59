package dev.tapeline.plant.wire;

import dev.tapeline.core.Cache;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Stamps;
import dev.tapeline.market.tick.Times;
import java.util.ArrayList;
import java.util.List;

/**
 * The publications and cache writes of one batch of a source, in order. Owned by one {@link
 * MarketPublisher}.
 */
final class Batch {

  private List<Publication> publications = new ArrayList<>();
  private List<Cache.Write> writes = new ArrayList<>();
  private long ingest;

  /**
   * Begins a frame.
   *
   * @param ingest when the frame was received, epoch ms UTC
   */
  void begin(long ingest) {
    this.ingest = ingest;
  }

  /** When the frame was received, epoch ms UTC. */
  long ingest() {
    return ingest;
  }

  void publish(String channel, byte[] payload, Times times) {
    publications.add(Publication.of(channel, payload, new Stamps(times.exchange(), ingest)));
  }

  void write(Cache.Write write) {
    writes.add(write);
  }

  int size() {
    return publications.size();
  }

  /** Takes the publications so far out of the batch; the caller may keep them. */
  List<Publication> takePublications() {
    if (publications.isEmpty()) {
      return List.of();
    }
    List<Publication> taken = publications;
    publications = new ArrayList<>(taken.size());
    return taken;
  }

  /** Takes the writes so far out of the batch; the caller may keep them. */
  List<Cache.Write> takeWrites() {
    if (writes.isEmpty()) {
      return List.of();
    }
    List<Cache.Write> taken = writes;
    writes = new ArrayList<>(taken.size());
    return taken;
  }
}
