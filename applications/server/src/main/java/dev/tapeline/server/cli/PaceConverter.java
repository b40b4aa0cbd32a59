package dev.tapeline.server.cli;

import dev.tapeline.feed.replay.Pace;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a speed from the command line. */
final class PaceConverter implements ITypeConverter<Pace> {

  @Override
  public Pace convert(String text) {
    try {
      return Pace.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
