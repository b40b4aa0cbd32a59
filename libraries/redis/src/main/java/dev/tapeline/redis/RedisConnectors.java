package dev.tapeline.redis;

/** Makes the connector for what a Redis URL names: one server, a Sentinel group or a cluster. */
public final class RedisConnectors {

  private RedisConnectors() {}

  /** A connector that connects to nothing until something asks it to. */
  public static RedisConnector of(RedisSettings settings) {
    return new RedisConnector(settings, dialer -> topology(settings.address(), dialer));
  }

  private static Topology topology(RedisServers servers, Dialer dialer) {
    return switch (servers) {
      case RedisAddress server -> new Standalone(dialer, server);
      case SentinelAddress sentinels -> new SentinelGroup(dialer, sentinels);
      case ClusterAddress cluster -> new ClusterTopology(dialer, cluster);
    };
  }
}
