package dev.tapeline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The options of the commands replay and record, and what they say of wrong ones. */
@Timeout(60)
class ReplayCommandTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = Commands.line();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("file"), text).toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--format xml | a format is auto or binance, record, csv, lines, not 'xml'",
        "--format lines | format lines needs the source of its messages: --source binance or deribit"
            + " on the command line, vendor=binance in a list of feeds",
        "--format lines --source okx | the source of messages in lines is binance, deribit, not 'okx'",
        "--format csv --source binance | a source is that of the messages in lines; leave it out"
            + " for format csv",
        "--from 9 | a time is one of the recording's first day, such as 09:15 or 09:15:30, or an"
            + " instant with its zone, such as 2026-11-29T09:15:00Z, not '9'",
        "--to 2026-11-29T09:15 | not '2026-11-29T09:15'",
        "--speed 0 | a speed must be over 0",
      })
  void aWrongOptionIsNamedWithTheRemedy(String options, String reason) throws IOException {
    String[] args = ("replay " + file("time,symbol,price,quantity\n") + " " + options).split(" ");
    assertEquals(2, run(args));
    assertTrue(err.toString().contains(reason), err.toString());
  }

  @Test
  void aFileOfAnotherFormatThanTheSourceGoesWithIsSaid() throws IOException {
    assertEquals(1, run("replay", file("time,symbol,price\n"), "--source", "binance"));
    assertTrue(
        err.toString().contains("has format csv: a source is that of the messages in lines"),
        err.toString());
  }

  @Test
  void linesOfMessagesAskForTheirSource() throws IOException {
    assertEquals(1, run("replay", file("1633998512.5: {}\n")));
    assertTrue(
        err.toString().contains("has format lines: format lines needs the source"), err.toString());
  }

  @Test
  void aFileOfNoFormatSaysHowToNameOne() throws IOException {
    assertEquals(1, run("replay", file("hello\n")));
    assertTrue(
        err.toString().strip().endsWith("by --format binance, record, csv or lines"),
        err.toString());
  }

  @Test
  void rightOptionsAreTaken() throws IOException {
    String file = file("time,symbol,price,quantity\n1381104000,GC,1,1\n");
    assertEquals(
        0,
        run("replay", "--check-settings", file, "--from", "00:00", "--to", "2030-01-01T00:00:00Z"));
    assertEquals(0, run("replay", "--check-settings", file, "--format", "csv"));
    String lines = file("1633998512.5: {}\n");
    assertEquals(0, run("replay", "--check-settings", lines, "--source", "binance"));
    assertEquals("", err.toString());
  }

  @Test
  void whatHasNoArrivalsCantBeRecorded() {
    for (String source : new String[] {"simulator", "bus"}) {
      assertEquals(2, run("record", source, "--to", folder.resolve("day").toString()));
      assertTrue(
          err.toString()
              .contains(
                  source
                      + " can't be recorded, as nothing arrives at it from outside; record a live"
                      + " source"),
          err.toString());
    }
  }

  @Test
  void aLiveSourceCanBeRecorded() {
    String file = folder.resolve("day.tlr").toString();
    assertEquals(0, run("record", "--check-settings", "binance watch=BTCUSDT", "--to", file));
    assertEquals("", err.toString());
    assertEquals(0, java.util.Objects.requireNonNull(folder.toFile().list()).length);
  }

  @Test
  void recordNamesWhatIsMissingOrWrong() {
    assertEquals(2, run("record", "simulator"));
    assertTrue(err.toString().contains("--to"), err.toString());
    assertEquals(2, run("record", "nobody", "--to", "x"));
    assertTrue(err.toString().contains("'nobody' is no source"), err.toString());
    assertEquals(2, run("record", "simulator", "--to", "x", "--zone", "Mars"));
    assertTrue(err.toString().contains("'Mars' is no time zone"), err.toString());
    assertEquals(2, run("record", "binance", "--to", folder.resolve("a b:c").toString()));
    assertTrue(err.toString().contains("a b:c"), err.toString());
  }
}
