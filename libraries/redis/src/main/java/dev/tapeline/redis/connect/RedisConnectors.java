package dev.tapeline.redis.connect;

import dev.tapeline.redis.address.ClusterAddress;
import dev.tapeline.redis.address.RedisAddress;
import dev.tapeline.redis.address.RedisServers;
import dev.tapeline.redis.address.RedisSettings;
import dev.tapeline.redis.address.SentinelAddress;
import dev.tapeline.redis.cluster.ClusterTopology;
import dev.tapeline.redis.sentinel.SentinelGroup;
import dev.tapeline.redis.topology.Dialer;
import dev.tapeline.redis.topology.RedisConnector;
import dev.tapeline.redis.topology.Standalone;
import dev.tapeline.redis.topology.Topology;

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
