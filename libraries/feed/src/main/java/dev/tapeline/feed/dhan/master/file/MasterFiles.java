package dev.tapeline.feed.dhan.master.file;

import dev.tapeline.feed.dhan.master.DhanMaster;
import dev.tapeline.feed.dhan.master.DropReason;
import dev.tapeline.feed.dhan.master.MasterParser;
import dev.tapeline.feed.dhan.master.MasterReport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the newest good file of the instrument master in a folder, compressed. A new file takes its
 * place only if it can be right; else the former one stays. Its calls block for some seconds. Owned
 * by one thread; several processes may use the folder, each with a file of its own on the way.
 */
public final class MasterFiles {

  /** Where Dhan publishes the detailed file, without a login. */
  public static final URI DETAILED =
      URI.create("https://images.dhan.co/api-data/api-scrip-master-detailed.csv");

  /** The zone of the exchanges' days. */
  public static final ZoneId ZONE = ZoneId.of("Asia/Kolkata");

  static final String NAME = "dhan-master.csv.gz";

  private static final String PART = ".part";

  /** After so long without a change, nobody fetches a file any more. */
  private static final Duration ABANDONED = Duration.ofHours(1);

  private static final long MAX_BYTES = 256L << 20;

  /** After so long a file that has become smaller is believed. */
  private static final Duration COMPARABLE = Duration.ofDays(4);

  private static final double SMALLEST = 0.8;
  private static final Logger log = LoggerFactory.getLogger(MasterFiles.class);

  private final Path folder;
  private final URI source;
  private final Download download;
  private final long maxBytes;
  private @Nullable String toldReason;

  /** Keeps the file of that address in a folder, which is made if it is not there. */
  public MasterFiles(Path folder, URI source, Download download) {
    this(folder, source, download, MAX_BYTES);
  }

  MasterFiles(Path folder, URI source, Download download, long maxBytes) {
    this.folder = folder;
    this.source = source;
    this.download = download;
    this.maxBytes = maxBytes;
  }

  /** Fetches the file of the day, checks it, and keeps it if it can be right. */
  public MasterLoad load(Instant now) {
    Path part = folder.resolve(NAME + "." + UUID.randomUUID() + PART);
    MasterLoad load = load(part, now);
    switch (load) {
      case MasterLoad.Loaded loaded -> told(loaded);
      case MasterLoad.Kept kept -> told(kept);
    }
    return load;
  }

  private MasterLoad load(Path part, Instant now) {
    try {
      Files.createDirectories(folder);
      deleteAbandoned();
      fetch(part);
      MasterLoad load = check(part, now);
      if (load instanceof MasterLoad.Loaded) {
        keep(part, now);
      }
      return load;
    } catch (IOException | UncheckedIOException e) {
      return new MasterLoad.Kept(reason(e));
    } finally {
      delete(part);
    }
  }

  private static String reason(Exception error) {
    String message = error.getMessage();
    String name = error.getClass().getSimpleName();
    return "it can't be fetched: " + (message == null ? name : name + ": " + message);
  }

  /** Deletes what processes have left that ended while they fetched the file. */
  private void deleteAbandoned() throws IOException {
    Instant hourAgo = Instant.now().minus(ABANDONED);
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, NAME + "*" + PART)) {
      for (Path part : parts) {
        if (Files.getLastModifiedTime(part).toInstant().isBefore(hourAgo)) {
          delete(part);
        }
      }
    }
  }

  private static void delete(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      log.warn("{} can't be deleted: {}", part, e.toString());
    }
  }

  private void told(MasterLoad.Loaded loaded) {
    toldReason = null;
    log.info("instrument master of Dhan: {}", loaded.master().report());
  }

  private void told(MasterLoad.Kept kept) {
    if (!kept.reason().equals(toldReason)) {
      log.warn("no new instrument master of Dhan, the former one stays: {}", kept.reason());
    }
    toldReason = kept.reason();
  }

  private void fetch(Path part) throws IOException {
    try (InputStream in = download.open(source);
        OutputStream file = Files.newOutputStream(part);
        OutputStream out = new GZIPOutputStream(file, 64 * 1024)) {
      byte[] block = new byte[64 * 1024];
      long bytes = 0;
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        bytes += read;
        if (bytes > maxBytes) {
          throw new IOException("it has more than %d bytes".formatted(maxBytes));
        }
        out.write(block, 0, read);
      }
    }
  }

  private MasterLoad check(Path part, Instant now) throws IOException {
    if (isPage(part)) {
      return new MasterLoad.Kept("it is a page of HTML");
    }
    DhanMaster master = read(part, now);
    String refusal = refusal(master.report(), now);
    return refusal == null ? new MasterLoad.Loaded(master) : new MasterLoad.Kept(refusal);
  }

  private static boolean isPage(Path part) throws IOException {
    try (InputStream in = open(part)) {
      byte[] head = in.readNBytes(256);
      return new String(head, StandardCharsets.ISO_8859_1).strip().startsWith("<");
    }
  }

  private @Nullable String refusal(MasterReport report, Instant now) throws IOException {
    if (report.problem() != null) {
      return report.problem();
    } else if (report.taken() == 0) {
      return "it has no instruments: " + report;
    } else if (report.dropped(DropReason.EXPIRED) > report.taken()) {
      return "most of it has expired, it is old: " + report;
    }
    MasterReport former = comparable(now).map(DhanMaster::report).orElse(null);
    boolean isShrunk =
        former != null
            && (report.rows() < SMALLEST * former.rows()
                || report.taken() < SMALLEST * former.taken());
    return isShrunk ? "it has shrunk from %s to %s".formatted(former, report) : null;
  }

  private Optional<DhanMaster> comparable(Instant now) {
    boolean isRecent = keptTime().filter(time -> now.isBefore(time.plus(COMPARABLE))).isPresent();
    return isRecent ? kept(now) : Optional.empty();
  }

  /** Puts the file into the place of the former one, in one step. */
  private void keep(Path part, Instant now) throws IOException {
    Files.setLastModifiedTime(part, FileTime.from(now));
    try (FileChannel written = FileChannel.open(part, StandardOpenOption.WRITE)) {
      written.force(true);
    }
    Files.move(
        part,
        folder.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** The instruments of the file that is kept, without those that have expired by now. */
  public Optional<DhanMaster> kept(Instant now) {
    Path kept = folder.resolve(NAME);
    if (!Files.exists(kept)) {
      return Optional.empty();
    }
    try {
      DhanMaster master = read(kept, now);
      return master.size() == 0 ? Optional.empty() : Optional.of(master);
    } catch (IOException e) {
      log.warn("the instrument master {} can't be read: {}", kept, e.toString());
      return Optional.empty();
    }
  }

  /** When the file that is kept was loaded. */
  public Optional<Instant> keptTime() {
    return keptTime(folder);
  }

  /** When the file that is kept in a folder was loaded. */
  public static Optional<Instant> keptTime(Path folder) {
    try {
      return Optional.of(Files.getLastModifiedTime(folder.resolve(NAME)).toInstant());
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static DhanMaster read(Path file, Instant now) throws IOException {
    try (InputStream in = open(file)) {
      return MasterParser.parse(in, LocalDate.ofInstant(now, ZONE));
    }
  }

  private static InputStream open(Path file) throws IOException {
    return new GZIPInputStream(new BufferedInputStream(Files.newInputStream(file)), 64 * 1024);
  }
}
