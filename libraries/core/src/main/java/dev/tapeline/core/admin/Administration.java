package dev.tapeline.core.admin;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The operations of administrators on a gateway and its connections. Safe for all threads. */
public interface Administration {

  /** All connections, in no order; complete when each lane has had its turn. */
  CompletionStage<List<ConnectionReport>> connections();

  /** All channels that have a ring, in no order. */
  List<ChannelReport> channels();

  /**
   * Closes the connections that match.
   *
   * @param reconnect whether their clients are told to connect again
   * @param by the administrator, for the log
   * @return the number of connections that are closed
   */
  CompletionStage<Integer> close(Predicate<ConnectionReport> wanted, boolean reconnect, String by);

  /**
   * Asks all clients to connect again, here or to another node, spread over the given time.
   *
   * @param by the administrator, for the log
   * @return the number of connections that are closed
   */
  int moveAll(Duration within, String by);
}
