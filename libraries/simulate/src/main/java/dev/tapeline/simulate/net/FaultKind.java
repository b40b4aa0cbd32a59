package dev.tapeline.simulate.net;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can go wrong on purpose. */
public enum FaultKind {
  /** Sockets end by a TCP reset, without a close frame. */
  RESET(Scope.SOCKET),
  /** Sockets end by a close frame. */
  CLOSE(Scope.SOCKET),
  /** Nothing is sent, not even a ping, while the connection stays. */
  SILENCE(Scope.MESSAGE),
  /** Messages come later. */
  LAG(Scope.MESSAGE),
  /** Messages are lost. */
  GAP(Scope.MESSAGE),
  /** New connections are reset as soon as they are made. */
  REFUSE(Scope.CONNECTION),
  /** HTTP requests and handshakes are answered with a status. */
  STATUS(Scope.ANSWER),
  /** A message of random bytes. */
  GARBAGE(Scope.SOCKET),
  /** A message of an unknown kind. */
  UNKNOWN_CODE(Scope.SOCKET),
  /** Messages end in the middle. */
  TRUNCATE(Scope.MESSAGE),
  /** Messages have one wrong bit. */
  BITFLIP(Scope.MESSAGE),
  /** Answers are a page of HTML. */
  HTML(Scope.ANSWER),
  /** Answers have no body. */
  EMPTY(Scope.ANSWER),
  /** Answers redirect elsewhere. */
  REDIRECT(Scope.ANSWER),
  /** Answers are gzip that ends in the middle. */
  HALF_GZIP(Scope.ANSWER),
  /** Answers come drop by drop. */
  SLOW(Scope.ANSWER),
  /** What the vendor does before maintenance. */
  SHUTDOWN(Scope.SOCKET),
  /** All present tokens end. */
  EXPIRE_TOKEN(Scope.VENDOR),
  /** What the vendor does when there are too many connections. */
  CONNECTION_LIMIT(Scope.SOCKET);

  /** What a fault happens to. */
  enum Scope {
    SOCKET,
    MESSAGE,
    CONNECTION,
    ANSWER,
    VENDOR
  }

  private final Scope scope;

  FaultKind(Scope scope) {
    this.scope = scope;
  }

  Scope scope() {
    return scope;
  }

  /** The name in the control API: {@code half-gzip}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The kind of this name.
   *
   * @throws IllegalArgumentException naming the kinds, if it is none of them
   */
  public static FaultKind parse(String word) {
    return Stream.of(values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no kind of fault: '%s'; there are %s"
                    .formatted(
                        word,
                        Stream.of(values())
                            .map(FaultKind::word)
                            .collect(Collectors.joining(", ")))));
  }
}
