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
      throw new RejectedException(RequestError.BAD_REQUEST, "\"channel\" is a string");
    }
    try {
      return Channel.of(name.stringValue());
    } catch (InvalidNameException e) {
      throw new RejectedException(RequestError.BAD_CHANNEL, String.valueOf(e.getMessage()));
    }
  }
}
