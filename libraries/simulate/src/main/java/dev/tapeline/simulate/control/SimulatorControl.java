package dev.tapeline.simulate.control;

import dev.tapeline.simulate.net.Fault;
import tools.jackson.databind.JsonNode;

/** The remote control of a simulator, for any thread. The control API does the same by HTTP. */
public interface SimulatorControl {

  /**
   * Lets a fault happen.
   *
   * @throws IllegalStateException if too many go on already
   */
  void inject(Fault fault);

  /** Ends all faults that go on. */
  void clear();

  /** Lets the market stand still: no price changes until {@link #resume}. */
  void halt();

  /** Lets the market go on. It does not make up for more than a few seconds. */
  void resume();

  /** Connections, subscriptions, last prices and counters. */
  JsonNode state();

  /** Sends a binary message to all sockets as it is; returns their number. */
  int push(byte[] message);

  /** Sends a text message to all sockets as it is; returns their number. */
  int pushText(String message);
}
