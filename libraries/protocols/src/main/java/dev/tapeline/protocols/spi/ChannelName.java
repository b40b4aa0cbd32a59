package dev.tapeline.protocols.spi;

import dev.tapeline.core.Channel;
import dev.tapeline.core.InvalidNameException;
import tools.jackson.databind.JsonNode;

/** Reads the name of one channel in a client's message. */
public final class ChannelName {

  private ChannelName() {}

  /**
   * Reads a name.
   *
   * @throws RejectedException saying what is wrong
   */
  public static Channel read(JsonNode name) {
    if (!name.isString()) {
      throw new RejectedException("bad_request", "\"channel\" is a string");
    }
    try {
      return Channel.of(name.stringValue());
    } catch (InvalidNameException e) {
      throw new RejectedException("bad_channel", String.valueOf(e.getMessage()));
    }
  }
}
