package dev.tapeline.hub.lane;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** News comes while a lane goes to rest: its rounds begin again, once. */
@JCStressTest
@Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "begun again")
@Outcome(id = "0", expect = Expect.FORBIDDEN, desc = "the news is left lying")
@Outcome(id = "2", expect = Expect.FORBIDDEN, desc = "begun twice")
@State
public class RoundsStress {

  private final Queue<String> news = new ConcurrentLinkedQueue<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final Rounds rounds = new Rounds(begun::incrementAndGet, () -> !news.isEmpty());

  public RoundsStress() {
    rounds.wake();
    begun.set(0);
  }

  @Actor
  public void publisher() {
    news.add("a");
    rounds.wake();
  }

  @Actor
  public void lane() {
    rounds.rest();
  }

  @Arbiter
  public void count(I_Result result) {
    result.r1 = begun.get();
  }
}
