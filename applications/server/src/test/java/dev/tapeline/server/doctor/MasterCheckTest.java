package dev.tapeline.server.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Finding;
import dev.tapeline.feed.net.NetSettings;
import dev.tapeline.feed.net.Probe;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterCheckTest {

  private static final Instant NOW = Instant.parse("2026-11-30T04:00:00Z");

  @TempDir private Path folder;

  private Finding check(int status, String body) {
    try (Page page = new Page(status, body);
        Probe probe =
            new Probe(NetSettings.DEFAULT, Duration.ofSeconds(20), InstantSource.system())) {
      return new MasterCheck(folder, URI.create(page.address() + "/list.csv")).check(probe, NOW);
    }
  }

  private void keep(Instant time) throws IOException {
    Path file = Files.writeString(folder.resolve("dhan-master.csv.gz"), "any");
    Files.setLastModifiedTime(file, FileTime.from(time));
  }

  @Test
  void aListThatCanBeFetchedIsEnough() {
    Finding found = check(200, "SECURITY_ID\n" + "1333\n".repeat(100_000));
    assertEquals(Finding.Level.OK, found.level());
    assertTrue(found.text().startsWith("none kept yet"), found.text());
  }

  @Test
  void theAgeOfTheKeptListIsTold() throws IOException {
    keep(NOW.minus(Duration.ofDays(1)));
    Finding found = check(200, "SECURITY_ID\n");
    assertEquals(Finding.Level.OK, found.level());
    assertTrue(found.text().startsWith("the list that is kept is of 2026-11-29T04:00:00Z"));
    keep(NOW.minus(Duration.ofDays(5)));
    assertEquals(Finding.Level.WARN, check(200, "SECURITY_ID\n").level());
  }

  @Test
  void withoutAListNorAHostThereAreNoInstruments() {
    Finding found = check(404, "");
    assertEquals(Finding.Level.FAIL, found.level());
    assertTrue(found.text().endsWith("list.csv: HTTP 404; none is kept"), found.text());
  }

  @Test
  void theKeptListStandsInForOneThatCannotBeFetched() throws IOException {
    keep(NOW.minus(Duration.ofDays(1)));
    Finding found = check(200, "<!doctype html>");
    assertEquals(Finding.Level.WARN, found.level());
    assertTrue(
        found.text().endsWith("it is a page of HTML; the one of 2026-11-29T04:00:00Z is used"),
        found.text());
  }
}
