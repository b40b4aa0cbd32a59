package dev.tapeline.redis.log;

import dev.tapeline.core.Fence;
import dev.tapeline.core.FencedException;
import dev.tapeline.core.Publication;
import dev.tapeline.redis.topology.RedisConnector;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/** A call that publishes plainly on channels of one partition, with a fence. */
record SendCall(int partition, List<Publication> publications, Fence fence) implements LogCall {

  /** Splits publications into calls that keep the order within each partition. */
  static List<SendCall> split(List<Publication> plain, Fence fence) {
    Map<Integer, List<Publication>> parts = new TreeMap<>();
    for (Publication one : plain) {
      parts.computeIfAbsent(Partitions.of(one.channel()), _ -> new ArrayList<>()).add(one);
    }
    List<SendCall> calls = new ArrayList<>();
    parts.forEach((partition, part) -> {
      for (int from = 0; from < part.size(); from += AppendCall.MAX_PUBLICATIONS) {
        int to = Math.min(part.size(), from + AppendCall.MAX_PUBLICATIONS);
        calls.add(new SendCall(partition, part.subList(from, to), fence));
      }
    });
    return calls;
  }

  @Override
  public LogFunction function() {
    return LogFunction.SEND;
  }

  @Override
  public CommandArgs<String, byte[]> addTo(CommandArgs<String, byte[]> args) {
    args.add("FENCE").addKey(fence.lease()).add(fence.token());
    publications.forEach(one -> args.addKey(one.channel()).addValue(one.payload()));
    return args;
  }

  /** How many were published. */
  @Override
  public CommandOutput<String, byte[], List<Object>> output() {
    return new CommandOutput<>(RedisConnector.CODEC, List.of()) {
      @Override
      public void set(long count) {
        output = List.of(count);
      }
    };
  }

  /** Throws unless all were published. */
  void conclude(PartitionSequencer.Answer answer) {
    Throwable error = answer.error();
    if (error == null) {
      return;
    }
    Long token = RedisLog.tokenIn(error);
    if (token != null) {
      throw new FencedException(fence.lease(), token);
    }
    throw new CompletionException(LogFault.cause(error));
  }
}
