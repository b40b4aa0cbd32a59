package dev.tapeline.testoutput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class QuietOutputTest {

  /** Whether the classes below are run by the tests of this one. */
  private static boolean planted;

  static final class Talkative {

    @Test
    void passes() {
      System.out.println("from one that passes");
    }
  }

  static final class Failing {

    @Test
    void fails() {
      assumeTrue(planted, "only a test of this class runs it");
      System.err.println("from one that fails");
      fail("as it should");
    }
  }

  private static String printedBy(Class<?>... tests) {
    PrintStream before = System.out;
    planted = true;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Launcher launcher =
          LauncherFactory.create(
              LauncherConfig.builder()
                  .enableTestExecutionListenerAutoRegistration(false)
                  .addTestExecutionListeners(new QuietOutput())
                  .build());
      var request = LauncherDiscoveryRequestBuilder.request();
      for (Class<?> test : tests) {
        request.selectors(selectClass(test));
      }
      launcher.execute(request.build());
    } finally {
      planted = false;
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatAPassingTestPrintsIsKeptBack() {
    assertEquals("", printedBy(Talkative.class));
  }

  @Test
  void whatAFailingTestPrintsGoesOutAndThatOfClassesBeforeItDoesNot() {
    String printed = printedBy(Talkative.class, Failing.class);
    assertTrue(printed.contains("'fails()' failed"), printed);
    assertTrue(printed.contains("from one that fails"), printed);
    assertFalse(printed.contains("from one that passes"), printed);
  }

  @Test
  void ofTooMuchTheNewestIsKept() {
    RecentOutput recent = new RecentOutput(4);
    write(recent, "abc");
    long position = recent.position();
    write(recent, "defghi");
    assertEquals("fghi", recent.since(position));
    assertEquals("fghi", recent.since(0));
    assertEquals("hi", recent.since(position + 4));
  }

  private static void write(RecentOutput recent, String text) {
    recent.write(text.getBytes(StandardCharsets.UTF_8), 0, text.length());
  }
}
