package dev.tapeline.chaos.client;

import dev.tapeline.chaos.ChaosException;
import dev.tapeline.chaos.history.Entry;
import dev.tapeline.chaos.history.Event;
import dev.tapeline.chaos.history.RecordText;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Writes a record to a file, so that its length costs no memory. Safe for all threads; the lines
 * are in the order of the calls.
 */
public final class Recorder implements AutoCloseable {

  private final BufferedWriter out;
  private final long begin = System.nanoTime();
  private boolean closed;

  public Recorder(Path file) {
    try {
      out = Files.newBufferedWriter(file);
    } catch (IOException e) {
      throw new ChaosException("no record at " + file, e);
    }
  }

  public synchronized void record(Event event) {
    if (closed) {
      return;
    }
    try {
      out.write(RecordText.write(millis(), event));
      out.newLine();
    } catch (IOException e) {
      throw new ChaosException("the record can't be written", e);
    }
  }

  /** The milliseconds since the record began. */
  public long millis() {
    return (System.nanoTime() - begin) / 1_000_000;
  }

  @Override
  public synchronized void close() {
    closed = true;
    try {
      out.close();
    } catch (IOException e) {
      throw new ChaosException("the record can't be closed", e);
    }
  }

  /** The lines of a file; to be closed. */
  public static Stream<Entry> read(Path file) {
    try {
      BufferedReader in = Files.newBufferedReader(file);
      AtomicLong line = new AtomicLong();
      return in.lines()
          .map(text -> RecordText.parse(line.incrementAndGet(), text))
          .onClose(() -> close(in));
    } catch (IOException e) {
      throw new ChaosException("no record at " + file, e);
    }
  }

  private static void close(BufferedReader in) {
    try {
      in.close();
    } catch (IOException e) {
      throw new ChaosException("a record can't be closed", e);
    }
  }
}
