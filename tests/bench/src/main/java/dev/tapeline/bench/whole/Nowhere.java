package dev.tapeline.bench.whole;

import dev.tapeline.core.Cache;
import dev.tapeline.core.Publication;
import dev.tapeline.plant.wire.Carrier;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Takes all publications and writes, and keeps none. Owned by the market's thread. */
final class Nowhere implements Carrier, Cache {

  private static final CompletionStage<Void> DONE = CompletableFuture.completedStage(null);

  private long bytes;

  /** The bytes of all payloads so far. */
  long bytes() {
    return bytes;
  }

  @Override
  public CompletionStage<Void> publish(List<Publication> batch) {
    for (Publication publication : batch) {
      bytes += publication.payload().length;
    }
    return DONE;
  }

  @Override
  public boolean isUp() {
    return true;
  }

  @Override
  public CompletionStage<Map<String, String>> getAll(List<String> keys) {
    return CompletableFuture.completedStage(Map.of());
  }

  @Override
  public CompletionStage<List<String>> newest(String key, int count) {
    return CompletableFuture.completedStage(List.of());
  }

  @Override
  public CompletionStage<Void> write(List<Write> writes) {
    return DONE;
  }

  @Override
  public void close() {}
}
