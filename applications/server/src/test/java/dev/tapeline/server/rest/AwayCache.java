package dev.tapeline.server.rest;

import dev.tapeline.core.BusException;
import dev.tapeline.core.Cache;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A cache that can't be reached. */
final class AwayCache implements Cache {

  @Override
  public CompletionStage<Map<String, String>> getAll(List<String> keys) {
    return CompletableFuture.failedFuture(new BusException("away"));
  }

  @Override
  public CompletionStage<List<String>> newest(String key, int count) {
    return CompletableFuture.failedFuture(new BusException("away"));
  }

  @Override
  public CompletionStage<Void> write(List<Write> writes) {
    return CompletableFuture.failedFuture(new BusException("away"));
  }

  @Override
  public void close() {}
}
