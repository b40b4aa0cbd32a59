package dev.tapeline.gateway;

import dev.tapeline.core.Append;
import dev.tapeline.core.ChannelLog;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Logs that are far away: what is read of them comes once the test says so. */
final class LateLog implements ChannelLog {

  private final ChannelLog log;
  private final Queue<Runnable> answers = new ArrayDeque<>();
  private boolean late;

  LateLog(ChannelLog log) {
    this.log = log;
  }

  synchronized void holdBack() {
    late = true;
  }

  /** How many wait for an answer. */
  synchronized int waiting() {
    return answers.size();
  }

  synchronized void catchUp() {
    late = false;
    while (!answers.isEmpty()) {
      answers.remove().run();
    }
  }

  private synchronized <T> CompletionStage<T> held(CompletionStage<T> answer) {
    if (!late) {
      return answer;
    }
    CompletableFuture<T> held = new CompletableFuture<>();
    answers.add(() -> answer.thenAccept(held::complete));
    return held;
  }

  @Override
  public boolean keeps(String channel) {
    return log.keeps(channel);
  }

  @Override
  public CompletionStage<List<Append.Result>> append(List<Append> appends) {
    return log.append(appends);
  }

  @Override
  public CompletionStage<Extract> read(String channel, long after, int limit) {
    return held(log.read(channel, after, limit));
  }

  @Override
  public CompletionStage<Extract> readSince(String channel, long millis, int limit) {
    return held(log.readSince(channel, millis, limit));
  }
}
