package dev.tapeline.core;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The log of a bus that has no durable channels. */
public enum NoLog implements ChannelLog {
  INSTANCE;

  @Override
  public boolean keeps(String channel) {
    return false;
  }

  @Override
  public CompletionStage<List<Append.Result>> append(List<Append> appends) {
    return none();
  }

  @Override
  public CompletionStage<Extract> read(String channel, long after, int limit) {
    return none();
  }

  @Override
  public CompletionStage<Extract> readSince(String channel, long millis, int limit) {
    return none();
  }

  private static <T> CompletionStage<T> none() {
    return CompletableFuture.failedFuture(new BusException("no channel of this bus is durable"));
  }
}
