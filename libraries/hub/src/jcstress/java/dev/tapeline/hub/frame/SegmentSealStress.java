package dev.tapeline.hub.frame;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A reader that sees a segment's successor sees all frames of the segment. */
@JCStressTest
@Outcome(id = {"0, 0", "0, 1"}, expect = Expect.ACCEPTABLE, desc = "not sealed yet")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "sealed, and whole")
@Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "the last frame is passed over")
@State
public class SegmentSealStress {

  private final Segment segment = new Segment(1, 1);
  private final Segment successor = new Segment(1, 2);

  @Actor
  public void writer() {
    segment.append(EncodedFrame.of(new byte[] {1}), 0);
    segment.seal(successor);
  }

  @Actor
  public void reader(II_Result result) {
    @Nullable Segment next = segment.next();
    result.r1 = next == null ? 0 : 1;
    result.r2 = (int) Segment.framesOf(segment.committed());
  }

  @Arbiter
  public void end(II_Result result) {
    segment.drop();
    successor.drop();
  }
}
