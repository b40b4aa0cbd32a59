package dev.tapeline.rest.http;

import dev.tapeline.access.Authenticator;
import dev.tapeline.access.token.PublishedKeys;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the REST server.
 *
 * @param node the name of this node
 * @param hasApi whether the API and the pages are served, or only health and metrics
 * @param authenticator identifies callers
 * @param required whether every call of the API must show a token or a key
 * @param keys the published keys of the identity provider; null if no tokens are checked with them
 * @param network who may call from where
 * @param messages the rate of messages for roles that have a rate and no burst of their own
 * @param maxHeaderBytes the longest head of a request
 * @param maxPayloadBytes the longest payload that is published
 * @param handshakeTimeout how long a caller may take to send a request
 */
public record RestConfig(
    String node,
    boolean hasApi,
    Authenticator authenticator,
    boolean required,
    @Nullable PublishedKeys keys,
    Network network,
    RestLimits limits,
    Rate messages,
    int maxHeaderBytes,
    int maxPayloadBytes,
    Duration handshakeTimeout) {

  /**
   * The origins of calls: hosts, pages and proxies.
   *
   * @param allowedHosts names in the Host header that are answered; empty for all
   * @param allowedOrigins pages that may call; empty for all
   * @param trustedProxies proxies that are believed about the client's address
   */
  public record Network(
      List<String> allowedHosts, List<String> allowedOrigins, List<String> trustedProxies) {}

  /** A number a second, after a burst. */
  public record Rate(int perSecond, int burst) {}
}
