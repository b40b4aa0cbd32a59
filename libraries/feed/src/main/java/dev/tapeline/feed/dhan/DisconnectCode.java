package dev.tapeline.feed.dhan;

/** What the vendor's reasons for a disconnect lead to. */
enum DisconnectCode {
  /** Something broke: connect again. */
  BROKEN("ended by the vendor"),
  /** Too many instruments: spread them. */
  TOO_MANY_INSTRUMENTS("too many instruments for a connection"),
  /** Another connection of the account has taken its place: it is not fought for. */
  CROWDED("another program uses the account's connections"),
  NO_PLAN("the account has no plan for market data: subscribe to Dhan's Data APIs"),
  EXPIRED("the access token has expired: make a new one"),
  REFUSED("the vendor refuses the client id or the access token: check both, make a new token");

  private final String text;

  DisconnectCode(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }

  /** Whether the account or its token is refused. */
  boolean isOfAccount() {
    return this == NO_PLAN || this == EXPIRED || this == REFUSED;
  }

  static DisconnectCode of(int code) {
    return switch (code) {
      case 804 -> TOO_MANY_INSTRUMENTS;
      case 805 -> CROWDED;
      case 806 -> NO_PLAN;
      case 807 -> EXPIRED;
      case 808, 809, 810 -> REFUSED;
      default -> BROKEN;
    };
  }
}
