package dev.tapeline.protocols.spi;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client has said with the request that opened its connection.
 *
 * @param path decoded, without the query
 * @param query the decoded parameters
 */
public record Opening(String path, Map<String, List<String>> query, HttpHeaders headers) {

  /** More than a head of the usual size has room for; further ones would be lost without a word. */
  private static final int MAX_PARAMETERS = 10_000;

  /**
   * Reads a request's target.
   *
   * @throws IllegalArgumentException if something in it is not percent-encoded as it should be
   */
  public static Opening of(String target, HttpHeaders headers) {
    QueryStringDecoder decoder =
        QueryStringDecoder.builder().maxParams(MAX_PARAMETERS).build(target);
    return new Opening(decoder.path(), decoder.parameters(), headers);
  }

  /** The first value of a parameter. */
  public Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).map(List::getFirst);
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
