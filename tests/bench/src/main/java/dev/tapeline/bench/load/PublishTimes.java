package dev.tapeline.bench.load;

import dev.tapeline.bench.cli.OptionException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;

/** The times when messages are due, in nanoseconds after the start. */
public interface PublishTimes {

  long SECOND = 1_000_000_000L;

  /**
   * The time when the message of this number, from 0, is due; never before the one with a lower
   * number.
   */
  long due(long message);

  /** Messages a second, on average. */
  double rate();

  static PublishTimes constant(double rate) {
    return new Constant(rate);
  }

  /**
   * The times at which the lines of a recording came, over and over.
   *
   * @param rate messages a second to which the times are stretched; 0 to leave them as they are
   * @throws OptionException if there are fewer than two times in the file
   */
  static PublishTimes recorded(Path file, double rate) {
    long[] offsets = Recorded.read(file);
    double own = offsets.length * (double) SECOND / offsets[offsets.length - 1];
    return new Recorded(offsets, rate == 0 ? 1 : own / rate);
  }

  /** A schedule with equal intervals. */
  record Constant(double rate) implements PublishTimes {

    @Override
    public long due(long message) {
      return (long) (message / rate * SECOND);
    }
  }

  /**
   * A schedule from a recording.
   *
   * @param offsets after the first line, ascending
   * @param stretch the factor by which the times are stretched
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Recorded(long[] offsets, double stretch) implements PublishTimes {

    @Override
    public long due(long message) {
      long round = message / offsets.length;
      long offset = offsets[(int) (message % offsets.length)];
      return (long) ((round * (double) offsets[offsets.length - 1] + offset) * stretch);
    }

    @Override
    public double rate() {
      return offsets.length * (double) SECOND / offsets[offsets.length - 1] / stretch;
    }

    private static long[] read(Path file) {
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(open(file), StandardCharsets.ISO_8859_1))) {
        long[] times = lines.lines().flatMapToLong(Recorded::time).sorted().toArray();
        if (times.length < 2 || times[0] == times[times.length - 1]) {
          throw new OptionException("%s has no two lines '<time, ns> <JSON>'".formatted(file));
        }
        return Arrays.stream(times).map(time -> time - times[0]).toArray();
      } catch (IOException | java.io.UncheckedIOException e) {
        throw new OptionException("can't read %s: %s".formatted(file, e.getMessage()), e);
      }
    }

    private static InputStream open(Path file) throws IOException {
      InputStream in = Files.newInputStream(file);
      return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }

    private static LongStream time(String line) {
      int space = line.indexOf(' ');
      return space > 0 && line.substring(0, space).matches("[0-9]{10,19}")
          ? LongStream.of(Long.parseLong(line.substring(0, space)))
          : LongStream.empty();
    }
  }
}
