package dev.tapeline.plant.wire;

import dev.tapeline.core.Cache;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Stamps;
import dev.tapeline.market.tick.Times;
import java.util.ArrayList;
import java.util.List;

/** What one batch of a source leads to, in order. Owned by one {@link MarketPublisher}. */
final class Batch {

  private List<Publication> publications = new ArrayList<>();
  private List<Cache.Write> writes = new ArrayList<>();
  private long ingest;

  /**
   * A frame begins.
   *
   * @param ingest when it came here, epoch ms UTC
   */
  void begin(long ingest) {
    this.ingest = ingest;
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

  /** The publications so far, which the caller may keep; the batch begins anew without them. */
  List<Publication> takePublications() {
    if (publications.isEmpty()) {
      return List.of();
    }
    List<Publication> taken = publications;
    publications = new ArrayList<>(taken.size());
    return taken;
  }

  /** The writes so far, which the caller may keep; the batch begins anew without them. */
  List<Cache.Write> takeWrites() {
    if (writes.isEmpty()) {
      return List.of();
    }
    List<Cache.Write> taken = writes;
    writes = new ArrayList<>(taken.size());
    return taken;
  }
}
