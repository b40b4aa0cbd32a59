package dev.tapeline.redis.log;

import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import java.util.List;

/** A call of the library that publishes on channels of one partition. */
interface LogCall {

  int partition();

  LogFunction function();

  /** Adds the arguments of this call to those that every call has. */
  CommandArgs<String, byte[]> addTo(CommandArgs<String, byte[]> args);

  /** Takes the answer. */
  CommandOutput<String, byte[], List<Object>> output();
}
