package dev.tapeline.redis.cluster;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.fuzz.Input;

/** Where a node of a cluster says that a command is to go. */
public final class RedirectDecoders {

  private RedirectDecoders() {}

  /** An error that may tell where a slot has gone. */
  public static void redirect(Input input) {
    Redirect redirect = Redirect.parse(input.text());
    check(redirect == null || redirect.port() >= 0, "to port %s", redirect);
  }
}
