package dev.tapeline.feed.dhan.token;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.dhan.rest.TokenAnswer;
import dev.tapeline.feed.vendor.VendorLink;

/** Hands new tokens to their keeper. */
final class TokenKeeping {

  private TokenKeeping() {}

  /**
   * Hands it over; that it could not be written is a fault, as the token is in use all the same.
   */
  static void keep(TokenKeeper keeper, TokenAnswer made, VendorLink link) {
    try {
      keeper.keep(made.token(), made.ends());
    } catch (FeedException e) {
      link.fault("token-file", String.valueOf(e.getMessage()));
    }
  }
}
