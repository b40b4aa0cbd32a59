package dev.tapeline.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Finding;
import dev.tapeline.gateway.listen.accept.Transport;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TransportChecksTest {

  @Test
  void theTransportOfThisMachineIsNamed() {
    List<Finding> findings = TransportChecks.check(Transport.AUTO);
    assertEquals(
        List.of("transport", "io_uring"), findings.stream().map(Finding::subject).toList());
    String taken = Transport.AUTO.resolved().name().toLowerCase(Locale.ROOT);
    assertTrue(findings.getFirst().text().startsWith("auto selects " + taken), findings.toString());
    boolean usable = Transport.IO_URING.unavailable().isEmpty();
    assertEquals(usable, findings.get(1).text().startsWith("usable"), findings.toString());
  }

  @Test
  void withoutEpollTheReasonIsAWarning() {
    Finding finding = TransportChecks.automatic(Transport.NIO, "no library\nat x");
    assertEquals(Finding.Level.WARN, finding.level());
    assertEquals("auto selects nio, because epoll is not usable here: no library", finding.text());
  }

  @Test
  void aTransportThatIsSetAndCannotBeHadFails() {
    Finding finding = TransportChecks.chosen(Transport.IO_URING, "not permitted");
    assertEquals(Finding.Level.FAIL, finding.level());
    assertEquals("io_uring is not usable here: not permitted", finding.text());
    assertTrue(finding.remedy().startsWith("set tapeline-transport to auto"), finding.remedy());
    assertEquals(
        Finding.ok("transport", "nio, as set"), TransportChecks.chosen(Transport.NIO, null));
  }

  @Test
  void whyIoUringIsNotUsableIsToldAndIsNoProblem() {
    assertEquals(
        Finding.ok("io_uring", "not usable here: not permitted"),
        TransportChecks.ioUring("not permitted"));
  }
}
