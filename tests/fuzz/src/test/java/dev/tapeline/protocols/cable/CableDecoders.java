package dev.tapeline.protocols.cable;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.fuzz.Input;
import dev.tapeline.plant.channels.ChannelRules;
import dev.tapeline.protocols.spi.RejectedException;

/** Classes of channels as operators write them, and identifiers as clients do. */
public final class CableDecoders {

  private static final CableMapping MAPPING = CableMapping.parse(ChannelRules.cableChannels());

  private CableDecoders() {}

  /** A mapping of classes to channels. */
  public static void mapping(Input input) {
    CableMapping mapping;
    try {
      mapping = CableMapping.parse(input.text());
    } catch (IllegalArgumentException e) {
      return; // says what is wrong
    }
    check(CableMapping.parse(mapping.toString()).equals(mapping), "%s is not what it was", mapping);
  }

  /** An identifier of mapped classes. */
  public static void identifier(Input input) {
    try {
      String name = MAPPING.read(input.text()).channel().name();
      check(name.chars().noneMatch(Character::isISOControl), "a control character in a name");
    } catch (RejectedException e) {
      // says what is wrong
    }
  }
}
