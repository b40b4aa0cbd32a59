package dev.tapeline.redis.log;

import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import java.util.List;

/** A call that publishes on channels of one partition. */
interface LogCall {

  int partition();

  LogFunction function();

  /** Adds its own arguments to those of any call. */
  CommandArgs<String, byte[]> addTo(CommandArgs<String, byte[]> args);

  /** What takes the answer. */
  CommandOutput<String, byte[], List<Object>> output();
}
