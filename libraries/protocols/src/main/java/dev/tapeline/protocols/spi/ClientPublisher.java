package dev.tapeline.protocols.spi;

import dev.tapeline.core.Bus;
import dev.tapeline.core.BusException;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Stamps;
import dev.tapeline.core.WritesRefusedException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Takes what clients publish to the bus, one behind the other, on a thread of its own: a bus within
 * the process delivers before it returns. May be used from any thread.
 */
public final class ClientPublisher {

  /** A share of the heap, so that it fits into small ones too. */
  private static final long MAX_WAITING_BYTES =
      Math.min(64 << 20, Runtime.getRuntime().maxMemory() / 16);

  private static final int OVERHEAD_BYTES = 1 << 10;
  private static final long RETRY_MILLIS = 1_000;

  private final Bus bus;
  private final Executor thread;
  private final int maxBytes;
  private final AtomicLong waiting = new AtomicLong();
  private final LongAdder taken = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /**
   * @param thread where the bus is called, in order
   * @param maxBytes of one publication
   */
  public ClientPublisher(Bus bus, Executor thread, int maxBytes) {
    this.bus = bus;
    this.thread = thread;
    this.maxBytes = maxBytes;
  }

  /** What became of a publication. */
  public sealed interface Result {

    /**
     * The bus has it.
     *
     * @param place where the log of a durable channel put it
     */
    record Taken(Optional<Position> place) implements Result {}

    /** The bus is away; it may have got it or not. */
    record Uncertain() implements Result {}

    /** The bus is there, and takes nothing that is published now, for this reason. */
    record Refused(String reason) implements Result {}
  }

  /** How many publications the bus took. */
  public LongAdder taken() {
    return taken;
  }

  /** How many publications the bus did not take, or not for certain. */
  public LongAdder failed() {
    return failed;
  }

  /**
   * Publishes what a client may publish.
   *
   * @return never fails
   * @throws RejectedException if it is too long, or too much is on its way already
   */
  CompletionStage<Result> publish(Posting posting) {
    byte[] data = posting.data();
    if (data.length > maxBytes) {
      throw new RejectedException("limit", "\"data\" has at most %d bytes".formatted(maxBytes));
    }
    int cost = data.length + OVERHEAD_BYTES;
    if (waiting.addAndGet(cost) > MAX_WAITING_BYTES) {
      waiting.addAndGet(-cost);
      throw RejectedException.busy("too many publications wait for the bus: retry", RETRY_MILLIS);
    }
    return CompletableFuture.supplyAsync(() -> send(posting), thread)
        .thenCompose(Function.identity())
        .<Result>thenApply(Result.Taken::new)
        .exceptionally(ClientPublisher::failure)
        .whenComplete((result, _) -> {
          waiting.addAndGet(-cost);
          count(result);
        });
  }

  private CompletionStage<Optional<Position>> send(Posting posting) {
    return bus.state() == Bus.State.DOWN
        ? CompletableFuture.failedFuture(new BusException("the bus is down"))
        : bus.publish(
            Publication.of(
                posting.channel().name(),
                posting.data(),
                new Stamps(0, System.currentTimeMillis())));
  }

  private static Result failure(Throwable error) {
    return WritesRefusedException.messageIn(error)
        .<Result>map(Result.Refused::new)
        .orElseGet(Result.Uncertain::new);
  }

  private void count(Result result) {
    switch (result) {
      case Result.Taken _ -> taken.increment();
      case Result.Uncertain _, Result.Refused _ -> failed.increment();
    }
  }
}
