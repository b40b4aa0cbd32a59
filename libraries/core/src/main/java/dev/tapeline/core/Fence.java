package dev.tapeline.core;

/**
 * The proof of holding a lease: a publication that carries one is refused once a later token of the
 * same lease was seen.
 *
 * @param token grows with each change of the holder
 */
public record Fence(String lease, long token) {

  public Fence {
    Channel.of(lease); // the same rules
    if (token < 1) {
      throw new IllegalArgumentException("a token is 1 or more, not " + token);
    }
  }
}
