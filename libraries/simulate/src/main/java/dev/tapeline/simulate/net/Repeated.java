package dev.tapeline.simulate.net;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An action that is repeated: its failure is logged, and does not end the repetition. */
record Repeated(Runnable action) implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Repeated.class);

  @Override
  public void run() {
    try {
      action.run();
    } catch (RuntimeException e) {
      log.error("a repeated action of the simulator has failed", e);
    }
  }
}
