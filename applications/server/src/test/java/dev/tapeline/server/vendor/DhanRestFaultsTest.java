package dev.tapeline.server.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.simulate.net.Fault;
import dev.tapeline.simulate.net.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A real feed of Dhan's through the faults of REST: a price that is asked for comes in the end. */
@Timeout(120)
class DhanRestFaultsTest {

  @TempDir Path folder;
  private DhanRig rig;

  @BeforeEach
  void start() {
    rig = new DhanRig(folder.resolve("token"));
    rig.watch(DhanRig.HDFCBANK);
  }

  @AfterEach
  void stop() {
    rig.close();
    assertEquals(List.of(), rig.failures());
  }

  @ParameterizedTest
  @CsvSource({
    "HTML, 0",
    "EMPTY, 0",
    "REDIRECT, 0",
    "HALF_GZIP, 0",
    "STATUS, 429",
    "STATUS, 500",
  })
  void anAnswerOfNoUseIsCountedAndAskedForAgain(FaultKind kind, int status) {
    rig.inject(Fault.of(kind).with(status));
    rig.askForTcs();
    rig.awaitAnswers(2);
    rig.pass(Duration.ofSeconds(12));
    rig.awaitPrices(DhanRig.TCS);
    assertEquals(Map.of("rest", 1L), rig.faults());
    assertEquals(List.of(), rig.seen.states());
    assertEquals(1, rig.opened());
  }

  @Test
  void aSlowAnswerIsWaitedFor() {
    rig.inject(Fault.of(FaultKind.SLOW).late(400));
    rig.askForTcs();
    rig.awaitPrices(DhanRig.TCS);
    assertEquals(Map.of(), rig.faults());
    assertEquals(List.of(), rig.seen.states());
  }

  @Test
  void whatFailsAgainAndAgainComesInTheEnd() {
    rig.inject(Fault.of(FaultKind.STATUS).with(500).times(2));
    rig.askForTcs();
    rig.awaitAnswers(2);
    rig.pass(Duration.ofSeconds(12));
    rig.awaitAnswers(3);
    rig.pass(Duration.ofSeconds(12));
    rig.awaitPrices(DhanRig.TCS);
    assertEquals(Map.of("rest", 2L), rig.faults());
    assertEquals(List.of(), rig.seen.states());
  }
}
