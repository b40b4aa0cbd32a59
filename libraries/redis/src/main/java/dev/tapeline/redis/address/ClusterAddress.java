package dev.tapeline.redis.address;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Some nodes of a Redis Cluster. The cluster itself tells the others.
 *
 * @param nodes all with the same TLS and login
 */
public record ClusterAddress(List<RedisAddress> nodes) implements RedisServers {

  public ClusterAddress {
    nodes = List.copyOf(nodes);
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("no node of the cluster is named: give host:port");
    }
    if (nodes.stream().anyMatch(node -> node.database() != 0)) {
      throw new IllegalArgumentException(
          "a cluster has no database but 0: leave the number off, and use a key prefix");
    }
  }

  @Override
  public boolean tls() {
    return nodes.getFirst().tls();
  }

  @Override
  public RedisCredentials credentials() {
    return nodes.getFirst().credentials();
  }

  /** Another node, with the login and TLS of all nodes. */
  public RedisAddress nodeAt(String host, int port) {
    return new RedisAddress(host, port, tls(), 0, credentials());
  }

  @Override
  public String where() {
    return "the cluster of " + hostsAndPorts();
  }

  private String hostsAndPorts() {
    return nodes.stream().map(RedisAddress::hostAndPort).collect(Collectors.joining(","));
  }

  /** The URL with the password masked. A comma marks a cluster of which only one node is named. */
  @Override
  public String toString() {
    return (tls() ? "rediss://" : "redis://")
        + credentials()
        + hostsAndPorts()
        + (nodes.size() == 1 ? "," : "");
  }
}
