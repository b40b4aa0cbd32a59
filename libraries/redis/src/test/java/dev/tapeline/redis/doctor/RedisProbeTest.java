package dev.tapeline.redis.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.core.Finding;
import dev.tapeline.core.Finding.Level;
import dev.tapeline.redis.RealRedis;
import dev.tapeline.redis.address.RedisSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisProbeTest {

  @Test
  void aPlainLocalServerIsFine() {
    try (RealRedis redis = RealRedis.running()) {
      List<Finding> findings = RedisProbe.check(redis.settings());
      assertEquals(8, findings.size());
      assertTrue(findings.stream().allMatch(f -> f.level() == Level.OK), findings::toString);
    }
  }

  @Test
  void saysWhatIsWrongAndWhatToDo() {
    try (RealRedis redis =
        RealRedis.running(
            "replicaof 127.0.0.1 1",
            "maxmemory 100mb",
            "maxmemory-policy allkeys-lru",
            "client-output-buffer-limit pubsub 1mb 1mb 60")) {
      Map<String, Finding> found =
          RedisProbe.check(redis.settings()).stream()
              .collect(Collectors.toMap(Finding::subject, Function.identity()));
      assertEquals(Level.FAIL, found.get("role").level());
      assertEquals(Level.WARN, found.get("maxmemory-policy").level());
      Finding buffer = found.get("client-output-buffer-limit");
      assertEquals(Level.WARN, buffer.level());
      assertTrue(buffer.remedy().startsWith("CONFIG SET client-output"), buffer::remedy);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "5.0.14, FAIL, Redis 7 or newer",
    "6.0.17, WARN, CVE-2022-36021",
    "6.2.10, WARN, CVE-2022-36021",
    "6.2.11, WARN, does not support functions",
    "7.0.8, WARN, CVE-2022-36021",
    "7.0.9, OK, 7.0.9",
    "7.2.0-rc1, OK, 7.2.0",
    "8.0.0, OK, 8",
  })
  void oldVersionsAreToldOfWithTheReason(String version, Level level, String part) {
    Finding finding = RedisProbe.version(new RedisVersion(version));
    assertEquals(level, finding.level());
    assertTrue(finding.toString().contains(part), finding::toString);
  }

  @Test
  void nobodyThereAndAWrongPasswordAreToldApart() {
    try (RealRedis redis = RealRedis.running("requirepass right")) {
      assertFails(redis.settings(), "asks for a password");
      String wrong = assertFails(withPassword(redis, "wrong"), "refused the user or password");
      assertFalse(wrong.contains("wrong"), wrong);
      assertEquals(Level.OK, RedisProbe.check(withPassword(redis, "right")).getFirst().level());
    }
    assertFails(RedisSettings.of("127.0.0.1", 1, null), "nothing answers at 127.0.0.1:1");
    assertFails(RedisSettings.of("no.such.host.invalid", 6379, null), "no.such.host.invalid");
  }

  private static RedisSettings withPassword(RealRedis redis, String password) {
    return RedisSettings.of("127.0.0.1", redis.port(), password);
  }

  private static String assertFails(RedisSettings settings, String remedy) {
    List<Finding> findings = RedisProbe.check(settings);
    assertEquals(1, findings.size());
    assertEquals(Level.FAIL, findings.getFirst().level());
    assertTrue(findings.getFirst().remedy().contains(remedy), findings::toString);
    return findings.toString();
  }
}
