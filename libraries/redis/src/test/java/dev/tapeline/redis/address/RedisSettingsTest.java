package dev.tapeline.redis.address;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {

  @Test
  void defaults() {
    RedisSettings settings = RedisSettings.parse("redis://localhost");
    assertEquals(RedisAddress.of("localhost", 6379), settings.address());
    assertEquals(20, settings.maxConnections());
    assertEquals("", settings.keyPrefix());
  }

  @Test
  void everyPartOfAUrlIsRead() {
    assertEquals(
        new RedisAddress("::1", 6380, true, 3, new RedisCredentials("bob", "p@ss:word")),
        RedisSettings.parse("rediss://bob:p%40ss%3Aword@[::1]:6380/3").address());
    assertEquals(RedisSettings.of("h", 1, "secret"), RedisSettings.parse("redis://:secret@h:1"));
  }

  @Test
  void namesOfContainersAreRead() {
    assertEquals(RedisAddress.of("my_redis", 6379), RedisServers.parse("redis://my_redis:6379"));
    assertEquals(
        new RedisAddress("my_redis", 1, true, 2, new RedisCredentials(null, "p_w")),
        RedisServers.parse("rediss://:p_w@my_redis:1/2"));
    assertEquals(
        List.of(RedisAddress.of("node_1", 7000), RedisAddress.of("node_2", 6379)),
        ((ClusterAddress) RedisServers.parse("redis://node_1:7000,node_2")).nodes());
    assertEquals(
        List.of(RedisAddress.of("sent_1", 26379), RedisAddress.of("sent_2", 1)),
        ((SentinelAddress) RedisServers.parse("redis-sentinel://sent_1,sent_2:1#m")).sentinels());
  }

  @Test
  void whatOtherClientsWriteIsReadIfItChangesNothing() {
    RedisAddress plain = RedisAddress.of("h", 1);
    assertEquals(plain, RedisServers.parse("redis://h:1?protocol=3"));
    assertEquals(plain, RedisServers.parse("redis://default@h:1"));
    assertEquals(plain, RedisServers.parse("redis://default:@h:1/"));
    assertEquals(
        new RedisAddress("h", 1, false, 4, RedisCredentials.NONE),
        RedisServers.parse("redis://h:1?db=4"));
  }

  @Test
  void sentinelsAreReadWithTheirOwnLogin() {
    RedisCredentials own = new RedisCredentials("s", "p+@");
    assertEquals(
        new SentinelAddress(
            List.of(
                new RedisAddress("a", 1, true, 0, own),
                new RedisAddress("::1", 26379, true, 0, own)),
            "my-master",
            3,
            new RedisCredentials("bob", "p@ss")),
        RedisSettings.parse(
                "rediss-sentinel://bob:p%40ss@a:1,[::1]/3?sentinelUser=s&sentinelPassword=p+%40"
                    + "#my-master")
            .address());
  }

  @Test
  void commasMakeACluster() {
    RedisCredentials login = new RedisCredentials(null, "x");
    RedisAddress first = new RedisAddress("a", 7000, false, 0, login);
    RedisAddress second = new RedisAddress("b", 6379, false, 0, login);
    assertEquals(
        new ClusterAddress(List.of(first, second)),
        RedisSettings.parse("redis://:x@a:7000,b").address());
    assertEquals(
        new ClusterAddress(List.of(first)), RedisSettings.parse("redis://:x@a:7000,").address());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "redis://:***@a:7000,",
        "rediss://bob:***@a:7000,b:7001",
        "redis-sentinel://a:1,b:2/3#m",
        "rediss-sentinel://bob:***@[::1]:26379#m"
      })
  void anAddressIsPrintedAsItIsWritten(String url) {
    assertEquals(url, RedisServers.parse(url).toString());
  }

  @Test
  void noSecretIsPrinted() {
    RedisSettings settings = RedisSettings.parse("redis://bob:hunter2@h:1/2").withKeyPrefix("p:");
    assertEquals(
        "RedisSettings[address=redis://bob:***@h:1/2, maxConnections=20, keyPrefix=p:]",
        settings.toString());
    assertFalse(settings.address().credentials().toString().contains("hunter2"));
  }

  @ParameterizedTest
  @CsvSource({
    "redis-sentinel://:hunter2@h:26379/mymaster, the database 'mymaster' is not a number",
    "redis-sentinel://:hunter2@h:26379, is not the name of a master: end the URL with #",
    "redis-sentinel://:hunter2@h?timeout=hunter2#m, leave it off: a server that does not",
    "redis-sentinel://:hunter2@h?sentinelPassword=hunter2@x#m, percent-encode",
    "redis-sentinel://:hunter2@#m, no sentinel is named",
    "'redis-sentinel://:hunter2@h,i:x#m', redis://i:x: it names no host",
    "'redis://:hunter2@a:1,b:99999', 99999 is not a port",
    "'redis://:hunter2@a:1,b:2/3', a cluster has no database but 0",
    "'redis://:hunter2@a:1,b:2#x', nothing may follow the nodes",
    "'redis://:hunter2@,', no node of the cluster is named",
    "http://u:hunter2@h, begin with redis://",
    "default:hunter2://x@h, begin with redis://",
    "redis://hunter2@h, redis://:password@host",
    "redis://:hun ter2@h, percent-encode",
    "redis://:hunter2@h/x, the database 'x' is not a number",
    "redis://h/:hunter2@i, the database '***@i' is not a number",
    "redis://:hunter2@h?dial_timeout=5s, follows the question mark: leave it off: a server",
    "redis://:hunter2@h?protocol=2, only protocol=3 is spoken",
    "redis://h?password=hunter2, write user:password@ in front of the host",
    "redis://h?hunter2=x@y, a parameter that is not known",
    "'redis://:hunter2@a:1,b:2?ssl=true', begin with rediss:// for TLS",
    "redis://h?ssl_cert_reqs=none, 'leave it off: certificates'",
    "redis://:hunter2@h#x, nothing may follow the database",
    "redis://:hunter2@, names no host",
    "redis://u:@h, the Redis user 'u' has no password",
    "redis://h:99999, 99999 is not a port",
  })
  void aBadUrlIsRefusedWithItsReasonAndWithoutThePassword(String url, String reason) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> RedisSettings.parse(url)).getMessage();
    assertTrue(message.contains(reason), message);
    assertFalse(message.contains("hunter2") || message.contains("hun ter2"), message);
  }

  @ParameterizedTest
  @CsvSource({"a*", "a b", "'a\nb'", "'{x}'", "ü", "a?b"})
  void aPrefixThatPatternsWouldReadDifferentlyIsRefused(String prefix) {
    RedisSettings settings = RedisSettings.of("h", 1, null);
    String message =
        assertThrows(IllegalArgumentException.class, () -> settings.withKeyPrefix(prefix))
            .getMessage();
    assertTrue(message.contains("can't be a key prefix"), message);
  }

  @Test
  void allPartsTogetherNeedSixConnections() {
    RedisSettings settings = RedisSettings.of("h", 1, null);
    assertEquals(6, settings.withMaxConnections(6).maxConnections());
    assertThrows(IllegalArgumentException.class, () -> settings.withMaxConnections(5));
  }
}
