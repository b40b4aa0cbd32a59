package dev.tapeline.server.history;

import dev.tapeline.market.bar.Bar;
import dev.tapeline.market.bar.PastBars;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The past of one market of a live source. Prices that are invented have none: their days do not go
 * on over a restart. Used by the market's thread; answers come from that of the reader.
 */
final class LivePast implements PastBars {

  /** The most asks that are open at once. */
  static final int MAX_OPEN = 16;

  private final String source;
  private final Predicate<String> simulated;
  private final PastBarReader reader;
  private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
  private int open;

  LivePast(String source, Predicate<String> simulated, PastBarReader reader) {
    this.source = source;
    this.simulated = simulated;
    this.reader = reader;
  }

  @Override
  public boolean ask(Ask ask, Consumer<List<Bar>> then) {
    if (open == MAX_OPEN) {
      return false;
    }
    open++;
    if (simulated.test(ask.instrument().symbol())) {
      answers.add(() -> then.accept(List.of()));
    } else {
      reader.read(source, ask, bars -> answers.add(() -> then.accept(bars)));
    }
    return true;
  }

  @Override
  public void deliver() {
    for (Runnable next = answers.poll(); next != null; next = answers.poll()) {
      open--;
      next.run();
    }
  }
}
