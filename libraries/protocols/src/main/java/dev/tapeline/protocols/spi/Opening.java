package dev.tapeline.protocols.spi;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The request that opened a client's connection.
 *
 * @param path decoded, without the query
 * @param query the decoded parameters
 */
public record Opening(String path, Map<String, List<String>> query, HttpHeaders headers) {

  /** More parameters than fit in a request head of the usual size: the decoder drops any beyond. */
  private static final int MAX_PARAMETERS = 10_000;

  /**
   * Reads a request's target.
   *
   * @throws IllegalArgumentException if the percent-encoding is invalid
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
