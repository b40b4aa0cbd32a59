package dev.tapeline.redis.doctor;

import static dev.tapeline.core.Finding.fail;
import static dev.tapeline.core.Finding.ok;
import static dev.tapeline.core.Finding.warn;

import dev.tapeline.core.Finding;
import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.SentinelAddress;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.RedisProblem;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.concurrent.CompletionException;

/** Checks whether each sentinel answers, and could carry out a failover with the others. Blocks. */
final class SentinelProbe {

  private SentinelProbe() {}

  static List<Finding> check(RedisConnector connector, SentinelAddress group) {
    return group.sentinels().stream().map(each -> check(connector, each, group.master())).toList();
  }

  private static Finding check(RedisConnector connector, RedisAddress sentinel, String master) {
    String subject = "sentinel " + sentinel.hostAndPort();
    try (var connection = connector.connectTo(sentinel).toCompletableFuture().join()) {
      String said =
          connection
              .sync()
              .dispatch(
                  CommandType.SENTINEL,
                  new StatusOutput<>(RedisConnector.CODEC),
                  new CommandArgs<>(RedisConnector.CODEC).add("CKQUORUM").add(master));
      return ok(subject, said);
    } catch (RedisCommandExecutionException e) {
      return fail(
          subject,
          String.valueOf(e.getMessage()),
          "check the name after # in REDIS_URL, and that a majority of the sentinels run");
    } catch (RedisException e) {
      return warn(subject, String.valueOf(e.getMessage()), "start it, or remove it from REDIS_URL");
    } catch (CompletionException e) {
      return warn(
          subject,
          RedisProblem.describe(e, sentinel),
          "start it, or remove it from REDIS_URL; one reachable sentinel is enough for now");
    }
  }
}
