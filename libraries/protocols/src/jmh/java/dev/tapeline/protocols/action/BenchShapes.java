package dev.tapeline.protocols.action;

import dev.tapeline.hub.frame.Shape;
import java.util.List;

/** The shapes of frames, for benchmarks. */
public final class BenchShapes {

  private BenchShapes() {}

  public static List<Shape> all() {
    return List.of(NativeShape.PLAIN, NativeShape.STAMPED, UpdateShape.INSTANCE);
  }
}
