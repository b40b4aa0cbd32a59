package dev.tapeline.redis;

import dev.tapeline.core.Append;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What one call appends: some publications on channels of one partition, behind at most one fence.
 * Filled by one thread, then read by another.
 */
final class AppendCall implements LogCall {

  /** Longer calls would keep others waiting. */
  static final int MAX_PUBLICATIONS = 256;

  static final int MAX_BYTES = 1 << 20;

  private final int partition;
  private final @Nullable Fence fence;
  private final List<Append> appends = new ArrayList<>();
  private final List<Integer> places = new ArrayList<>();
  private int bytes;
  private boolean conditional;

  private AppendCall(int partition, @Nullable Fence fence) {
    this.partition = partition;
    this.fence = fence;
  }

  /** Calls that keep the order within each partition. */
  static List<AppendCall> split(List<Append> appends) {
    List<AppendCall> calls = new ArrayList<>();
    @Nullable AppendCall[] open = new AppendCall[Partitions.COUNT];
    for (int i = 0; i < appends.size(); i++) {
      Append append = appends.get(i);
      int partition = Partitions.of(append.publication().channel());
      AppendCall call = open[partition];
      if (call == null || !call.takes(append)) {
        call = new AppendCall(partition, append.fence());
        open[partition] = call;
        calls.add(call);
      }
      call.add(append, i);
    }
    return calls;
  }

  private boolean takes(Append append) {
    return appends.size() < MAX_PUBLICATIONS
        && bytes + append.publication().payload().length <= MAX_BYTES
        && Objects.equals(fence, append.fence());
  }

  private void add(Append append, int place) {
    appends.add(append);
    places.add(place);
    bytes += append.publication().payload().length;
    conditional |= append.id() != null || append.version() != 0;
  }

  @Override
  public int partition() {
    return partition;
  }

  @Override
  public LogFunction function() {
    return LogFunction.PUBLISH_MANY;
  }

  @Override
  public CommandOutput<String, byte[], List<Object>> output() {
    return new ArrayOutput<>(RedisConnector.CODEC);
  }

  @Override
  public CommandArgs<String, byte[]> addTo(CommandArgs<String, byte[]> args) {
    if (fence != null) {
      args.add("FENCE").addKey(fence.lease()).add(fence.token());
    }
    args.add(conditional ? 5 : 3);
    for (Append append : appends) {
      Publication publication = append.publication();
      args.addKey(publication.channel())
          .addValue(publication.payload())
          .add(publication.stamps().exchange() + " " + publication.stamps().ingest());
      if (conditional) {
        args.addKey(Objects.requireNonNullElse(append.id(), ""))
            .add(append.version() == 0 ? "" : String.valueOf(append.version()));
      }
    }
    return args;
  }

  /** Puts what Redis answered to where it belongs. */
  void conclude(@Nullable List<Object> answer, @Nullable Throwable error, Append.Result[] results) {
    Long token = error == null ? null : RedisLog.tokenIn(error);
    if (answer == null && token == null) {
      throw new CompletionException(
          error instanceof CompletionException && error.getCause() != null
              ? error.getCause()
              : error);
    }
    for (int i = 0; i < places.size(); i++) {
      results[places.get(i)] =
          token != null
              ? new Append.Result.Fenced(token)
              : result(LogEntry.text((byte[]) Objects.requireNonNull(answer).get(i)));
    }
  }

  private static Append.Result result(String text) {
    String[] words = text.split(" ", 3);
    Position position = new Position(words[0], Long.parseLong(words[1]));
    if (words.length == 2) {
      return new Append.Result.Logged(position);
    }
    return words[2].equals("repeated")
        ? new Append.Result.Repeated(position)
        : new Append.Result.Outdated(position);
  }
}
