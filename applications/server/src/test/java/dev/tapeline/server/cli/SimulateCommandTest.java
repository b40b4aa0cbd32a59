package dev.tapeline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.simulate.dhan.DhanOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SimulateCommandTest {

  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    CommandLine line = Commands.line();
    line.setOut(new PrintWriter(new StringWriter())).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }

  private static DhanOptions dhan(String... args) {
    return CommandLine.populateCommand(new SimulateDhanCommand(), args).options();
  }

  @Test
  void isAsTheVendorUnlessToldOtherwise() {
    DhanOptions usual = dhan();
    assertEquals(Duration.ofMillis(250), usual.pace().conflation());
    assertEquals(Duration.ofSeconds(10), usual.pace().ping());
    assertEquals(DhanOptions.PreviousCloses.INDICES, usual.previousCloses());
    assertTrue(usual.limits());
    assertFalse(usual.packed());
    assertEquals("127.0.0.1", usual.common().host());
  }

  @Test
  void optionsChangeIt() {
    DhanOptions changed =
        dhan(
            "--conflation=0",
            "--packed",
            "--previous-closes=all",
            "--off-hours",
            "--unlimited",
            "--port=1",
            "--control-port=2");
    assertEquals(Duration.ZERO, changed.pace().conflation());
    assertEquals(DhanOptions.PreviousCloses.ALL, changed.previousCloses());
    assertTrue(changed.packed() && changed.offHours());
    assertFalse(changed.limits());
    assertEquals(1, changed.common().port());
    assertEquals(2, changed.common().controlPort());
  }

  @Test
  void whatCannotBeIsRefused() {
    assertEquals(2, run("simulate", "mars"));
    assertEquals(2, run("simulate"));
    assertEquals(2, run("simulate", "binance", "--speed", "99"));
    assertTrue(err.toString().contains("a speed of 99.0"), err.toString());
    assertEquals(2, run("simulate", "binance", "--session", "0"));
    assertTrue(err.toString().contains("a session of 0 minutes; from 1 to 375"), err.toString());
  }

  @Test
  void aPortThatIsTakenIsAFailure() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(1, run("simulate", "deribit", "--port", "" + taken.getLocalPort()));
      assertTrue(err.toString().contains("can't listen on port"), err.toString());
    }
  }
}
