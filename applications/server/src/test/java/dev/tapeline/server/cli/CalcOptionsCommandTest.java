package dev.tapeline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CalcOptionsCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String input, String... args) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return Commands.line()
          .setOut(new PrintWriter(out, true))
          .setErr(new PrintWriter(err, true))
          .execute(args);
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void standardInputIsComputed() {
    String input = "type,forward,strike,years,rate,iv\ncall,100,90,0,0,0.2\n";
    assertEquals(0, run(input, "calc", "options", "--model", "black76"));
    assertEquals(
        "type,forward,strike,years,rate,iv,price,delta,gamma,theta,vega,rho,reason\n"
            + "call,100,90,0,0,0.2,10.0,,,,,,no time\n",
        out.toString().replace(System.lineSeparator(), "\n"));
    assertEquals("", err.toString());
  }

  @Test
  void aBadRowFailsWithOneLine() {
    assertEquals(
        1, run("type,forward,strike,years,rate,iv\ncall,x,90,0,0,0.2\n", "calc", "options"));
    assertEquals(
        "tapeline: line 2, column forward: 'x' is no number; write a decimal such as 0.065",
        err.toString().strip());
  }

  @Test
  void anUnknownModelIsRefused() {
    assertEquals(2, run("", "calc", "options", "--model", "heston"));
    assertTrue(err.toString().startsWith("--model: 'heston' is unknown; there is black76"));
  }

  @Test
  void helpNamesTheUnits() {
    assertEquals(0, run("", "calc", "options", "--help"));
    assertTrue(out.toString().contains("divide by 365 for a day"), out.toString());
    assertTrue(out.toString().contains("0.065 is 6.5 %\n"), out.toString());
  }
}
