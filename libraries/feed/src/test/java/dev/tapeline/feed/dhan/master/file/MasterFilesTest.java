package dev.tapeline.feed.dhan.master.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.feed.dhan.master.DhanMaster;
import dev.tapeline.feed.dhan.master.SampleMaster;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterFilesTest {

  private static final URI SOURCE = URI.create("https://vendor.test/master.csv");

  /** 8:30 in India. */
  private static final Instant MONDAY = Instant.parse("2026-11-30T03:00:00Z");

  private static final Instant TUESDAY = MONDAY.plus(Duration.ofDays(1));

  private static final List<Instrument> SHARES =
      IntStream.rangeClosed(1, 100).<Instrument>mapToObj(MasterFilesTest::share).toList();

  private final Path folder;

  private byte[] answer = file(MONDAY, 100);
  private final List<URI> asked = new ArrayList<>();
  private final MasterFiles files;

  MasterFilesTest(@TempDir Path root) {
    folder = root.resolve("not/yet/there");
    files = new MasterFiles(folder, SOURCE, this::open);
  }

  private InputStream open(URI uri) {
    asked.add(uri);
    return new ByteArrayInputStream(answer);
  }

  private static Instrument share(int number) {
    return new Instrument.Share(
        new Reference("S" + number, "NSE_EQ", "" + number, "Share", new BigDecimal("0.05")));
  }

  /** A file of so many shares, and of an index with its futures and options. */
  private static byte[] file(Instant day, int shares) {
    Instrument nifty =
        new Instrument.Index(
            new Reference("NIFTY", "IDX_I", "13", "Nifty 50", new BigDecimal("0.05")));
    List<Instrument> cash = Stream.concat(Stream.of(nifty), SHARES.stream().limit(shares)).toList();
    return SampleMaster.ofDay(LocalDate.ofInstant(day, MasterFiles.ZONE), cash);
  }

  @Test
  void aGoodFileIsLoadedAndKeptCompressed() throws IOException {
    DhanMaster master = loaded(MONDAY);
    assertEquals(350, master.size());
    assertEquals(List.of(SOURCE), asked);
    assertEquals(List.of(MasterFiles.NAME), namesInFolder());
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(folder.resolve(MasterFiles.NAME)))) {
      assertArrayEquals(answer, in.readAllBytes());
    }
    assertEquals(Optional.of(MONDAY), files.keptTime());
    MasterFiles afterRestart = new MasterFiles(folder, SOURCE, this::open);
    assertEquals(350, afterRestart.kept(MONDAY).orElseThrow().size());
    assertEquals(List.of(SOURCE), asked);
  }

  private DhanMaster loaded(Instant now) {
    return assertInstanceOf(MasterLoad.Loaded.class, files.load(now)).master();
  }

  private List<String> namesInFolder() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  @Test
  void twoProcessesMayFetchAtTheSameTime() throws IOException {
    MasterFiles slow =
        new MasterFiles(
            folder,
            SOURCE,
            uri -> {
              loaded(MONDAY); // the other process, while this one has begun
              return open(uri);
            });
    assertInstanceOf(MasterLoad.Loaded.class, slow.load(MONDAY));
    assertEquals(List.of(MasterFiles.NAME), namesInFolder());
    assertEquals(350, files.kept(MONDAY).orElseThrow().size());
  }

  @Test
  void whatAKilledProcessHasLeftIsDeleted() throws IOException {
    Files.createDirectories(folder);
    Path left = Files.writeString(folder.resolve(MasterFiles.NAME + ".x.part"), "left");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    loaded(MONDAY);
    assertEquals(List.of(MasterFiles.NAME), namesInFolder());
  }

  @Test
  void nothingIsKeptAtFirst() {
    assertEquals(Optional.empty(), files.kept(MONDAY));
    assertEquals(Optional.empty(), files.keptTime());
  }

  @Test
  void theNewFileTakesThePlaceOfTheFormerOne() {
    loaded(MONDAY);
    answer = file(TUESDAY, 95);
    assertEquals(345, loaded(TUESDAY).size());
    assertEquals(345, files.kept(TUESDAY).orElseThrow().size());
    assertEquals(Optional.of(TUESDAY), files.keptTime());
  }

  @Test
  void whatHasExpiredSinceIsLeftOutOfTheKeptFile() {
    loaded(MONDAY);
    assertEquals(350 - 82, files.kept(MONDAY.plus(Duration.ofDays(2))).orElseThrow().size());
  }

  @Test
  void anEmptyAnswerIsRefused() {
    refused("", "it is empty");
  }

  @Test
  void aPageIsRefused() {
    refused("\n <!DOCTYPE html>\n<html></html>\n", "it is a page of HTML");
  }

  @Test
  void anotherFileIsRefused() {
    refused("a,b\n1,2\n", "its first line is no header of the master: it lacks [EXCH_ID,");
  }

  @Test
  void aFileWithoutRowsIsRefused() {
    refused(text(file(TUESDAY, 0)).lines().limit(1).toList().getFirst() + "\n", "it has no ins");
  }

  @Test
  void aFileThatBreaksOffIsRefused() {
    byte[] whole = file(TUESDAY, 100);
    refused(text(Arrays.copyOf(whole, whole.length - 1)), "it ends in the middle of a row");
    refused(text(Arrays.copyOf(whole, whole.length - 60)), "it ends in the middle of a row");
  }

  @Test
  void aFileThatHasShrunkIsRefused() {
    refused(text(file(TUESDAY, 25)), "it has shrunk from 350 rows");
    String withoutLots = text(file(TUESDAY, 100)).replace(",65.0,", ",,");
    refused(withoutLots, "it has shrunk from 350 rows");
  }

  @Test
  void anOldFileIsRefused() {
    Instant later = MONDAY.plus(Duration.ofDays(365));
    refused(text(file(MONDAY, 100)), "most of it has expired", later, later);
  }

  private void refused(String text, String reason) {
    refused(text, reason, MONDAY, TUESDAY);
  }

  private void refused(String text, String reason, Instant first, Instant second) {
    answer = file(first, 100);
    loaded(first);
    answer = text.getBytes(StandardCharsets.UTF_8);
    MasterLoad.Kept kept = assertInstanceOf(MasterLoad.Kept.class, files.load(second));
    assertTrue(kept.reason().startsWith(reason), kept.reason());
    assertEquals(Optional.of(first), files.keptTime());
    assertTrue(files.kept(first).orElseThrow().size() >= 350);
    assertEquals(1, folder.toFile().list().length);
  }

  @Test
  void afterSomeDaysASmallerFileIsBelieved() {
    loaded(MONDAY);
    Instant friday = MONDAY.plus(Duration.ofDays(4));
    answer = file(friday, 25);
    assertEquals(275, loaded(friday).size());
  }

  @Test
  void withoutAFormerFileAnySizeIsFine() {
    answer = file(MONDAY, 1);
    assertEquals(251, loaded(MONDAY).size());
  }

  @Test
  void aFormerFileThatCannotBeReadIsNoMeasure() throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(MasterFiles.NAME), "not compressed");
    assertEquals(Optional.empty(), files.kept(MONDAY));
    assertEquals(350, loaded(MONDAY).size());
  }

  @Test
  void aDownloadThatFailsChangesNothing() throws IOException {
    loaded(MONDAY);
    Download refusing =
        _ -> {
          throw new IOException("the host vendor.test answers 503");
        };
    Download breaking = _ -> new Breaking(new ByteArrayInputStream(file(TUESDAY, 100)));
    Download failing =
        _ -> {
          throw new UncheckedIOException(new IOException("away"));
        };
    assertEquals(
        List.of(
            new MasterLoad.Kept(
                "it can't be fetched: IOException: the host vendor.test answers 503"),
            new MasterLoad.Kept("it can't be fetched: IOException: cut"),
            new MasterLoad.Kept(
                "it can't be fetched: UncheckedIOException: java.io.IOException: away")),
        Stream.of(refusing, breaking, failing)
            .map(download -> new MasterFiles(folder, SOURCE, download).load(TUESDAY))
            .toList());
    assertEquals(List.of(MasterFiles.NAME), namesInFolder());
    assertEquals(350, files.kept(MONDAY).orElseThrow().size());
  }

  @Test
  void aFileOverTheLimitIsRefused() throws IOException {
    MasterFiles small = new MasterFiles(folder, SOURCE, this::open, answer.length - 1);
    assertEquals(
        new MasterLoad.Kept(
            "it can't be fetched: IOException: it has more than %d bytes"
                .formatted(answer.length - 1)),
        small.load(MONDAY));
    assertEquals(List.of(), namesInFolder());
    MasterFiles large = new MasterFiles(folder, SOURCE, this::open, answer.length);
    assertInstanceOf(MasterLoad.Loaded.class, large.load(MONDAY));
  }

  @Test
  void aFolderThatCannotBeMadeIsAReason() throws IOException {
    Path file = Files.writeString(Files.createDirectories(folder).resolve("file"), "x");
    MasterFiles blocked = new MasterFiles(file, SOURCE, this::open);
    assertInstanceOf(MasterLoad.Kept.class, blocked.load(MONDAY));
    assertFalse(Files.isDirectory(file));
    assertEquals(List.of(), asked);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Breaks off after some bytes, as a connection does. */
  private static final class Breaking extends InputStream {

    private final InputStream in;
    private int left = 10_000;

    Breaking(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      if (left-- <= 0) {
        throw new IOException("cut");
      }
      return in.read();
    }
  }
}
