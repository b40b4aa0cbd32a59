package dev.tapeline.hub.lane;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A publication comes while the lane looks for one before it: the look or a new mark finds it. */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "found by the look under way")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "found by it, and marked again")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "marked again")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "neither")
@State
public class SignalStress {

  private final Signal marked = new Signal();
  private volatile int head;
  private int seen;
  private boolean again;

  public SignalStress() {
    boolean _ = marked.raise();
  }

  @Actor
  public void publisher() {
    head = 1;
    again = marked.raise();
  }

  @Actor
  public void lane() {
    marked.lower();
    seen = head;
  }

  @Arbiter
  public void tell(II_Result result) {
    result.r1 = seen;
    result.r2 = again ? 1 : 0;
  }
}
