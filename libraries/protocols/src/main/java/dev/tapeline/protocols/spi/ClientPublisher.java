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
import org.jspecify.annotations.Nullable;

/**
 * Passes clients' publications to the bus, one after the other, on its own thread, because an
 * in-process bus delivers before it returns. May be used from any thread.
 */
public final class ClientPublisher {

  /**
   * The most bytes that may wait, as a share of the heap, so that small heaps can hold them too.
   */
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
   * @param thread the thread on which the bus is called, in order
   * @param maxBytes the largest size of one publication
   */
  public ClientPublisher(Bus bus, Executor thread, int maxBytes) {
    this.bus = bus;
    this.thread = thread;
    this.maxBytes = maxBytes;
  }

  /** The outcome of a publication. */
  public sealed interface Result {

    /**
     * The bus has taken the publication.
     *
     * @param place the position in the log of a durable channel; null on a plain channel
     */
    record Taken(@Nullable Position place) implements Result {}

    /** The bus is away, and may or may not have taken the publication. */
    record Uncertain() implements Result {}

    /** The bus is up but refuses publications now, for this reason. */
    record Refused(String reason) implements Result {}
  }

  /** The number of publications that the bus took. */
  public LongAdder taken() {
    return taken;
  }

  /** The number of publications that the bus did not take, or may not have taken. */
  public LongAdder failed() {
    return failed;
  }

  /**
   * Publishes for a client that is permitted to.
   *
   * @return the outcome; it never fails
   * @throws RejectedException if the publication is too long, or too many wait already
   */
  CompletionStage<Result> publish(Posting posting) {
    byte[] data = posting.data();
    if (data.length > maxBytes) {
      throw new RejectedException(
          RequestError.LIMIT, "\"data\" has at most %d bytes".formatted(maxBytes));
    }
    int cost = data.length + OVERHEAD_BYTES;
    if (waiting.addAndGet(cost) > MAX_WAITING_BYTES) {
      waiting.addAndGet(-cost);
      throw RejectedException.busy("too many publications wait for the bus: retry", RETRY_MILLIS);
    }
    return CompletableFuture.supplyAsync(() -> send(posting), thread)
        .thenCompose(Function.identity())
        .<Result>thenApply(place -> new Result.Taken(place.orElse(null)))
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
