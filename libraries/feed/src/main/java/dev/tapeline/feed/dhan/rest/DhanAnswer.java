package dev.tapeline.feed.dhan.rest;

import tools.jackson.databind.JsonNode;

/** What an answer of Dhan's REST interface says, whatever form it has. */
public sealed interface DhanAnswer {

  /** What was asked for, without an envelope. */
  record Success(JsonNode data) implements DhanAnswer {}

  /** There is nothing to answer with: no candles in this span, no holdings. */
  record NoData(String text) implements DhanAnswer {}

  /**
   * The call has failed.
   *
   * @param code the vendor's, or the HTTP status where it sends none
   * @param text the vendor's words, cut short and without tokens
   */
  record Failure(Kind kind, String code, String text) implements DhanAnswer {

    @Override
    public String toString() {
      return text.isEmpty() ? code : "%s: %s".formatted(code, text);
    }
  }

  /** What is to be done about a failure, which the vendor's codes alone do not tell. */
  enum Kind {
    /** The token or the client id is not accepted: nothing works until there is another one. */
    AUTH,
    /** The account has no plan for market data, or is not active: a person has to act. */
    PLAN,
    /** Too many calls: wait. */
    RATE,
    /** The call itself is wrong. */
    INPUT,
    /** The vendor is in trouble: try again later. */
    VENDOR,
    /** It is no JSON: a page of a proxy, an empty body. */
    NOT_JSON,
    /** Refused for another reason, which the text says. */
    REFUSED
  }
}
