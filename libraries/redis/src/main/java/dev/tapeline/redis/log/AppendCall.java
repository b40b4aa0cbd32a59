package dev.tapeline.redis.log;

import dev.tapeline.core.Append;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Position;
import dev.tapeline.redis.topology.RedisConnector;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A call that appends publications on channels of one partition, with at most one fence. One thread
 * fills it, and another then reads it.
 */
final class AppendCall implements LogCall {

  /** The most publications of a call. Longer calls would delay others. */
  static final int MAX_PUBLICATIONS = 256;

  static final int MAX_BYTES = 1 << 20;

  private final int partition;
  private final @Nullable Fence fence;
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private int size;
  private int bytes;
  private boolean conditional;

  private AppendCall(int partition, @Nullable Fence fence) {
    this.partition = partition;
    this.fence = fence;
  }

  /** Splits appends into calls that keep the order within each partition. */
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
    return size < MAX_PUBLICATIONS
        && bytes + append.publication().payload().length <= MAX_BYTES
        && Objects.equals(fence, append.fence());
  }

  private void add(Append append, int place) {
    groups.computeIfAbsent(append.publication().channel(), _ -> new Group()).add(append, place);
    size++;
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
    args.add(conditional ? 3 : 1);
    groups.forEach((channel, group) -> {
      args.addKey(channel).add(group.appends.size());
      group.appends.forEach(append -> add(args, append));
    });
    return args;
  }

  private void add(CommandArgs<String, byte[]> args, Append append) {
    args.addValue(LogEntry.body(append.publication()));
    if (conditional) {
      args.addKey(Objects.requireNonNullElse(append.id(), ""))
          .add(append.version() == 0 ? "" : String.valueOf(append.version()));
    }
  }

  /** Writes the answer of Redis to the indices of the appends. */
  void conclude(@Nullable List<Object> answer, @Nullable Throwable error, Append.Result[] results) {
    Long token = error == null ? null : RedisLog.tokenIn(error);
    if (answer == null && token == null) {
      throw new CompletionException(LogFault.cause(Objects.requireNonNull(error)));
    }
    Iterator<Object> words = answer == null ? Collections.emptyIterator() : answer.iterator();
    for (Group group : groups.values()) {
      if (token != null) {
        group.conclude(results, _ -> new Append.Result.Fenced(token));
      } else if (conditional) {
        group.conclude(results, _ -> result(words.next()));
      } else {
        group.conclude(results, ending(position(words.next()), group.appends.size()));
      }
    }
  }

  /** The results of publications that were logged one after another. */
  private static IntFunction<Append.Result> ending(Position last, int count) {
    long first = last.seq() - count + 1;
    return i -> new Append.Result.Logged(new Position(last.epoch(), first + i));
  }

  private static Position position(Object answer) {
    String[] words = LogEntry.text((byte[]) answer).split(" ", 3);
    return new Position(words[0], Long.parseLong(words[1]));
  }

  private static Append.Result result(Object answer) {
    String text = LogEntry.text((byte[]) answer);
    if (text.endsWith(" repeated")) {
      return new Append.Result.Repeated(position(answer));
    }
    return text.endsWith(" outdated")
        ? new Append.Result.Outdated(position(answer))
        : new Append.Result.Logged(position(answer));
  }

  /** The appends to one channel, with the indices of their results. */
  private static final class Group {

    private final List<Append> appends = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();

    private void add(Append append, int place) {
      appends.add(append);
      places.add(place);
    }

    private void conclude(Append.Result[] results, IntFunction<Append.Result> result) {
      for (int i = 0; i < places.size(); i++) {
        results[places.get(i)] = result.apply(i);
      }
    }
  }
}
