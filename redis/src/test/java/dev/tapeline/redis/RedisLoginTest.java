package dev.tapeline.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Bus.State;
import dev.tapeline.core.BusRecorder;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisLoginTest {

  private static RealRedis redis;

  @BeforeAll
  static void startRedis() {
    redis = RealRedis.running("requirepass right", "user bob on >s3cret ~* &* +@all");
  }

  @AfterAll
  static void stopRedis() {
    redis.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {":right", "bob:s3cret", "default:right"})
  void aPasswordOrAnAclUserLogsIn(String login) {
    BusRecorder recorder = new BusRecorder();
    try (RedisConnector connector = connector(login);
        RedisBus bus = new RedisBus(connector)) {
      bus.start(recorder);
      recorder.await(() -> bus.state() == State.UP);
      assertEquals(List.of(State.UP), recorder.states());
    }
  }

  @Test
  void aWrongPasswordIsSaidInWords() {
    BusRecorder recorder = new BusRecorder();
    try (RedisConnector connector = connector("bob:wrong");
        RedisBus bus = new RedisBus(connector)) {
      bus.start(recorder);
      recorder.await(() -> recorder.states().equals(List.of(State.DOWN)));
      assertTrue(
          bus.problem().contains("refused the user or password: check REDIS_PASSWORD"),
          bus::problem);
    }
  }

  private static RedisConnector connector(String login) {
    return new RedisConnector(
        RedisSettings.parse("redis://%s@127.0.0.1:%d".formatted(login, redis.port())));
  }
}
