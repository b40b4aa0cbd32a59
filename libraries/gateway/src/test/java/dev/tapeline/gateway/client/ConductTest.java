package dev.tapeline.gateway.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.gateway.meters.GatewayCounters;
import dev.tapeline.protocols.spi.CloseReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A client that may send one message at once. */
class ConductTest {

  private static final int FORGIVEN = 100;

  private final GatewayCounters counters = new GatewayCounters();
  private final Conduct conduct = new Conduct(new MessageRateLimit(1, 1), counters);

  @Test
  void farMoreMessagesThanTheRateCloseTheClient() {
    assertTrue(conduct.take(0));
    assertFalse(conduct.take(0));
    for (int i = 0; i < FORGIVEN; i++) {
      assertEquals(Optional.empty(), conduct.countExcess(0));
    }
    assertEquals(Optional.of(CloseReason.RATE_ABUSE), conduct.countExcess(0));
    assertEquals(FORGIVEN + 1, counters.rateLimited.sum());
  }

  @Test
  void aMessageWithRefusedCommandsCountsOnceAsExcess() {
    assertTrue(conduct.take(0));
    for (int i = 0; i < FORGIVEN; i++) {
      assertEquals(Optional.empty(), messageOfThreeCommands());
    }
    assertEquals(Optional.of(CloseReason.RATE_ABUSE), messageOfThreeCommands());
    assertEquals(2 * (FORGIVEN + 1), counters.rateLimited.sum());
    assertEquals(2 * (FORGIVEN + 1), counters.messagesIn.sum());
  }

  private Optional<CloseReason> messageOfThreeCommands() {
    conduct.beginMessage();
    assertFalse(conduct.takeCommand(0));
    assertFalse(conduct.takeCommand(0));
    return conduct.endMessage(true, 0);
  }

  @Test
  void tooManyInvalidMessagesCloseTheClient() {
    for (int i = 0; i < FORGIVEN; i++) {
      conduct.beginMessage();
      assertEquals(Optional.empty(), conduct.endMessage(false, 0));
    }
    conduct.beginMessage();
    assertEquals(Optional.empty(), conduct.endMessage(true, 0));
    conduct.beginMessage();
    assertEquals(Optional.of(CloseReason.BAD_MESSAGES), conduct.endMessage(false, 0));
    assertEquals(FORGIVEN + 1, counters.badMessages.sum());
  }
}
