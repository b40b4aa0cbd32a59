package dev.tapeline.hub.frame;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A reader sees whole frames only, each with its end, while more are appended than it has seen. */
@JCStressTest
@Outcome(id = {"0", "1", "2", "3", "4", "5", "6"}, expect = Expect.ACCEPTABLE, desc = "whole")
@Outcome(expect = Expect.FORBIDDEN, desc = "torn")
@State
public class SegmentAppendStress {

  private static final int FRAMES = 6;
  private static final int TORN = -1;

  private final Segment segment = new Segment(FRAMES * (FRAMES + 1) / 2, 1);

  /** Frame N has N bytes of the value N. */
  @Actor
  public void writer() {
    for (int n = 1; n <= FRAMES; n++) {
      byte[] frame = new byte[n];
      Arrays.fill(frame, (byte) n);
      segment.append(EncodedFrame.of(frame), n);
    }
  }

  @Actor
  public void reader(I_Result result) {
    long committed = segment.committed();
    int frames = (int) Segment.framesOf(committed);
    boolean whole = segment.originNanos() >= frames;
    ByteBuf slice = segment.slice(0, Segment.bytesOf(committed));
    if (slice == null) {
      result.r1 = TORN;
      return;
    }
    for (int n = 1; n <= frames; n++) {
      int end = segment.offsetOf(n + 1);
      whole &= end == n * (n + 1) / 2 && slice.getByte(end - 1) == n;
    }
    whole &= slice.readableBytes() == frames * (frames + 1) / 2;
    slice.release();
    result.r1 = whole ? frames : TORN;
  }

  @Arbiter
  public void end(I_Result result) {
    segment.drop();
  }
}
