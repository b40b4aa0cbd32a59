package dev.tapeline.feed.dhan.rest;

import dev.tapeline.feed.FeedException;
import java.net.URI;
import java.util.function.Supplier;

/**
 * An account at Dhan. Its secrets are asked for at each use, as a token may have been replaced.
 *
 * @param clientId gives the client id, or throws a {@link FeedException} that says where it is
 *     missing
 * @param accessToken gives the access token, or throws likewise
 * @param api the REST interface, {@code https://api.dhan.co/v2}
 * @param auth where tokens are made, {@code https://auth.dhan.co}
 */
public record DhanAccount(
    Supplier<String> clientId, Supplier<String> accessToken, URI api, URI auth) {

  /** Says nothing of the secrets. */
  @Override
  public String toString() {
    return "DhanAccount[%s, %s]".formatted(api, auth);
  }
}
