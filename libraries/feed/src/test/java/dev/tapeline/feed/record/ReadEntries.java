package dev.tapeline.feed.record;

import dev.tapeline.feed.vendor.Arrival;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what a recording holds. */
class ReadEntries implements ArrivalRecording.Listener {

  final List<Entry> entries = new ArrayList<>();
  final List<Arrival> restated = new ArrayList<>();
  final List<String> damage = new ArrayList<>();
  int conversations;

  /** All of a recording. */
  static ReadEntries all(Path file) {
    return between(file, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  static ReadEntries between(Path file, long from, long to) {
    ReadEntries read = new ReadEntries();
    try {
      new ArrivalRecording(file).read(from, to, read);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    return read;
  }

  /** The arrivals without the holes. */
  List<Arrival> arrivals() {
    List<Arrival> arrivals = new ArrayList<>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Arrived(Arrival arrival)) {
        arrivals.add(arrival);
      }
    }
    return arrivals;
  }

  @Override
  public void onConversation() {
    conversations++;
  }

  @Override
  public void onRestated(Arrival arrival) {
    restated.add(arrival);
  }

  @Override
  public void onEntry(Entry entry) {
    entries.add(entry);
  }

  @Override
  public void onDamage(String reason) {
    damage.add(reason);
  }

  @Override
  public boolean goesOn() {
    return true;
  }
}
