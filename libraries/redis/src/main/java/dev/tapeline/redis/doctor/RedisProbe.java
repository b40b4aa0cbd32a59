package dev.tapeline.redis.doctor;

import static dev.tapeline.core.Finding.fail;
import static dev.tapeline.core.Finding.ok;
import static dev.tapeline.core.Finding.warn;

import dev.tapeline.core.Finding;
import dev.tapeline.redis.address.ClusterAddress;
import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisServers;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.address.SentinelAddress;
import dev.tapeline.redis.connect.RedisConnectors;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.RedisProblem;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.sync.RedisCommands;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks whether a Redis server is reachable and configured as this program needs it. Blocks. */
public final class RedisProbe {

  private static final int MIN_VERSION = 6;
  private static final int FUNCTIONS_VERSION = 7;
  private static final long MIN_PUBSUB_BUFFER = 32L << 20;
  private static final int PINGS = 21;
  private static final long SLOW_NANOS = 5_000_000;
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1");

  private final RedisAddress address;
  private final RedisCommands<String, byte[]> redis;

  private RedisProbe(RedisAddress address, RedisCommands<String, byte[]> redis) {
    this.address = address;
    this.redis = redis;
  }

  /** All findings. The first one says whether Redis can be reached at all. */
  public static List<Finding> check(RedisSettings settings) {
    List<Finding> findings = new ArrayList<>();
    try (RedisConnector connector = RedisConnectors.of(settings)) {
      if (settings.address() instanceof SentinelAddress group) {
        findings.addAll(SentinelProbe.check(connector, group));
      }
      findings.addAll(checkServer(connector, settings.address()));
    }
    return findings;
  }

  private static List<Finding> checkServer(RedisConnector connector, RedisServers servers) {
    try {
      RedisAddress server = connector.topology().locate().toCompletableFuture().join();
      try (var connection = connector.connectTo(server).toCompletableFuture().join()) {
        return new RedisProbe(server, connection.sync()).findings(servers);
      }
    } catch (CompletionException e) {
      String problem = RedisProblem.describe(e, servers);
      return List.of(fail("reachable", "no connection to " + servers, problem));
    }
  }

  private List<Finding> findings(RedisServers servers) {
    List<Finding> findings = new ArrayList<>(findings());
    switch (servers) {
      case ClusterAddress _ -> findings.add(look("cluster", _ -> cluster()));
      case RedisAddress _, SentinelAddress _ -> findings.add(look("cluster", _ -> noCluster()));
    }
    return findings;
  }

  private Finding noCluster() {
    return "1".equals(info("cluster").get("cluster_enabled"))
        ? fail(
            "cluster",
            address.hostAndPort() + " is a node of a cluster",
            "list nodes with commas in REDIS_URL: redis://a:7000,b:7001; redis://a:7000, for one")
        : ok("cluster", "none");
  }

  private Finding cluster() {
    Map<String, String> cluster = pairs(redis.clusterInfo());
    String text =
        "%s masters with %s slots"
            .formatted(cluster.get("cluster_size"), cluster.get("cluster_slots_ok"));
    return "ok".equals(cluster.get("cluster_state"))
        ? ok("cluster", text)
        : fail("cluster", text, "assign each slot to a master: see CLUSTER NODES");
  }

  private List<Finding> findings() {
    return List.of(
        ok("reachable", "connected to " + address),
        look("version", _ -> version()),
        look("role", _ -> role()),
        auth(),
        look("maxmemory-policy", _ -> eviction()),
        look("client-output-buffer-limit", _ -> pubSubBuffer()),
        look("latency", _ -> latency()));
  }

  /** Runs a check. Redis may refuse it, as managed servers often do, which is a warning. */
  private static Finding look(String subject, Function<String, Finding> finding) {
    try {
      return finding.apply(subject);
    } catch (RedisException e) {
      return warn(
          subject,
          "could not be read: " + e.getMessage(),
          "check it on the server, or allow the user INFO and CONFIG GET");
    }
  }

  private Finding version() {
    return version(new RedisVersion(info("server").getOrDefault("redis_version", "0")));
  }

  static Finding version(RedisVersion version) {
    String text = version.text();
    if (version.major() < MIN_VERSION) {
      return fail("version", text, "use Redis %d or newer".formatted(FUNCTIONS_VERSION));
    }
    if (version.matchesSlowly()) {
      return warn(
          "version",
          text + ": a client's pattern with many stars can keep it busy (CVE-2022-36021)",
          "use Redis 7.0.9 or newer, or at least 6.2.11 or 6.0.18 of older lines");
    }
    return version.major() < FUNCTIONS_VERSION
        ? warn("version", text + " does not support functions", "use Redis 7 or newer")
        : ok("version", text);
  }

  private Finding role() {
    Map<String, String> replication = info("replication");
    String role = replication.getOrDefault("role", "unknown");
    return role.equals("master")
        ? ok("role", role)
        : fail(
            "role",
            "%s of %s".formatted(role, replication.get("master_host")),
            "a replica can't be written to: give the address of its master");
  }

  private Finding auth() {
    if (address.credentials().password() != null) {
      return ok("auth", "logged in");
    }
    return LOCAL.contains(address.host())
        ? ok("auth", "no password, but the server is on this machine")
        : warn(
            "auth",
            "anyone who reaches %s can read and publish".formatted(address.hostAndPort()),
            "set requirepass or an ACL user there, and REDIS_PASSWORD here");
  }

  private Finding eviction() {
    String policy = config("maxmemory-policy");
    String limit = config("maxmemory");
    return policy.startsWith("allkeys") && !limit.equals("0")
        ? warn(
            "maxmemory-policy",
            "%s drops keys that do not expire once %s bytes are used".formatted(policy, limit),
            "CONFIG SET maxmemory-policy volatile-ttl")
        : ok("maxmemory-policy", policy + (limit.equals("0") ? ", no limit" : ", " + limit));
  }

  /**
   * Checks the output buffer of subscribers. The value is "class hard soft seconds" for each class
   * of clients, one after the other.
   */
  private Finding pubSubBuffer() {
    List<String> words = Arrays.asList(config("client-output-buffer-limit").split(" "));
    int at = words.indexOf("pubsub");
    long hard = at < 0 ? 0 : Long.parseLong(words.get(at + 1));
    String text = at < 0 ? "unknown" : String.join(" ", words.subList(at, at + 4));
    return hard == 0 || hard >= MIN_PUBSUB_BUFFER
        ? ok("client-output-buffer-limit", text)
        : warn(
            "client-output-buffer-limit",
            text + ": a burst can make Redis disconnect the subscriber",
            "CONFIG SET client-output-buffer-limit \"pubsub 256mb 64mb 60\"");
  }

  private Finding latency() {
    long[] nanos = new long[PINGS];
    for (int i = 0; i < PINGS; i++) {
      long start = System.nanoTime();
      redis.ping();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    long median = nanos[PINGS / 2];
    String text = String.format(Locale.ROOT, "PING takes %.2f ms", median / 1e6);
    return median < SLOW_NANOS
        ? ok("latency", text)
        : warn("latency", text, "run Redis closer, or see whether the server is busy: SLOWLOG GET");
  }

  private Map<String, String> info(String section) {
    return pairs(redis.info(section));
  }

  private static Map<String, String> pairs(String text) {
    return text.lines()
        .filter(line -> line.indexOf(':') > 0)
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf(':')),
                line -> line.substring(line.indexOf(':') + 1).strip(),
                (first, _) -> first));
  }

  private String config(String name) {
    return redis.configGet(name).getOrDefault(name, "");
  }
}
