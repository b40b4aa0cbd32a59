package dev.tapeline.server.vendor;

import dev.tapeline.feed.dhan.master.DhanMaster;
import dev.tapeline.feed.dhan.master.file.HttpDownload;
import dev.tapeline.feed.dhan.master.file.MasterFiles;
import dev.tapeline.feed.dhan.master.file.MasterLoad;
import dev.tapeline.feed.dhan.master.file.MasterSchedule;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the list of Dhan's instruments up to date: the file of an earlier day at once, then the
 * file of today, and each day's before trading begins. Its thread is {@code master-} and the name
 * of the source.
 */
final class MasterLoader implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(MasterLoader.class);

  private final String source;
  private final Path folder;
  private final URI address;
  private final Consumer<DhanMaster> lists;
  private final InstantSource clock;
  private volatile @Nullable Thread thread;

  /**
   * @param folder for the file that is kept
   * @param address of the detailed file
   * @param lists takes each list that can be used, on the thread
   */
  MasterLoader(
      String source, Path folder, URI address, Consumer<DhanMaster> lists, InstantSource clock) {
    this.source = source;
    this.folder = folder;
    this.address = address;
    this.lists = lists;
    this.clock = clock;
  }

  void start() {
    thread = Thread.ofPlatform().name("master-" + source).daemon().start(this::run);
  }

  private void run() {
    try (HttpDownload download = new HttpDownload()) {
      MasterFiles files = new MasterFiles(folder, address, download);
      files.kept(clock.instant()).ifPresent(lists);
      Instant next = isOfToday(files) ? next(true) : clock.instant();
      while (true) {
        sleepUntil(next);
        next = next(load(files));
      }
    } catch (InterruptedException _) {
      log.debug("{}: the loading of instruments ends", source);
    }
  }

  private boolean isOfToday(MasterFiles files) {
    Instant last = files.keptTime().orElse(Instant.EPOCH);
    Instant due = MasterSchedule.nextLoad(last, MasterFiles.ZONE);
    return clock.instant().isBefore(due);
  }

  private boolean load(MasterFiles files) {
    try {
      return switch (files.load(clock.instant())) {
        case MasterLoad.Loaded(DhanMaster master) -> {
          lists.accept(master);
          yield true;
        }
        case MasterLoad.Kept _ -> false; // it has logged why
      };
    } catch (RuntimeException e) {
      log.error("{}: the instruments could not be loaded", source, e);
      return false;
    }
  }

  private Instant next(boolean loaded) {
    Instant now = clock.instant();
    return loaded
        ? MasterSchedule.nextLoad(now, MasterFiles.ZONE)
        : MasterSchedule.nextTry(now, MasterFiles.ZONE);
  }

  private void sleepUntil(Instant time) throws InterruptedException {
    Duration left = Duration.between(clock.instant(), time);
    if (left.isPositive()) {
      Thread.sleep(left);
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  @Override
  public void close() {
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
