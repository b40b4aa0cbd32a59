package dev.tapeline.gateway.listen.http;

import java.time.Duration;
import java.util.List;

/**
 * Which HTTP requests the gateway answers, and whom it believes about a client's address.
 *
 * @param allowedOrigins pages that may connect, as {@code https://host[:port]}; empty for any
 * @param allowedHosts names in the {@code Host} header that are answered; empty for any
 * @param trustedProxies addresses or networks that are trusted to name a client's address
 * @param maxHeaderBytes the largest head of a request
 * @param handshakeTimeout from the connection to the end of the first request's head, and from the
 *     first byte of each later head to its last
 */
public record HttpRules(
    List<String> allowedOrigins,
    List<String> allowedHosts,
    List<String> trustedProxies,
    int maxHeaderBytes,
    Duration handshakeTimeout) {

  public static final HttpRules DEFAULT =
      new HttpRules(List.of(), List.of(), List.of(), 16 << 10, Duration.ofSeconds(10));

  public HttpRules {
    allowedOrigins = List.copyOf(allowedOrigins);
    allowedHosts = List.copyOf(allowedHosts);
    trustedProxies = List.copyOf(trustedProxies);
  }

  public HttpRules withAllowedOrigins(List<String> value) {
    return new HttpRules(value, allowedHosts, trustedProxies, maxHeaderBytes, handshakeTimeout);
  }

  public HttpRules withAllowedHosts(List<String> value) {
    return new HttpRules(allowedOrigins, value, trustedProxies, maxHeaderBytes, handshakeTimeout);
  }

  public HttpRules withTrustedProxies(List<String> value) {
    return new HttpRules(allowedOrigins, allowedHosts, value, maxHeaderBytes, handshakeTimeout);
  }

  public HttpRules withMaxHeaderBytes(int value) {
    return new HttpRules(allowedOrigins, allowedHosts, trustedProxies, value, handshakeTimeout);
  }

  public HttpRules withHandshakeTimeout(Duration value) {
    return new HttpRules(allowedOrigins, allowedHosts, trustedProxies, maxHeaderBytes, value);
  }
}
