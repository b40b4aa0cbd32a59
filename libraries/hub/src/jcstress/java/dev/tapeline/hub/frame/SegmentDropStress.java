package dev.tapeline.hub.frame;

import io.netty.buffer.ByteBuf;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A segment is dropped between a reader's look and its grip: it gets the frame, or nothing. */
@JCStressTest
@Outcome(id = "305419896", expect = Expect.ACCEPTABLE, desc = "the frame")
@Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "too late")
@Outcome(expect = Expect.FORBIDDEN, desc = "memory that is another's")
@State
public class SegmentDropStress {

  private final Segment segment = new Segment(4, 1);

  public SegmentDropStress() {
    segment.append(EncodedFrame.of(new byte[] {0x12, 0x34, 0x56, 0x78}), 0);
  }

  @Actor
  public void log() {
    segment.drop();
  }

  @Actor
  public void reader(I_Result result) {
    if (segment.isDropped()) {
      return;
    }
    ByteBuf slice = segment.slice(0, 4);
    if (slice != null) {
      result.r1 = slice.getInt(0);
      slice.release();
    }
  }
}
