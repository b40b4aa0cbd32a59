package dev.tapeline.chaos.day;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Something that goes wrong at a vendor: one or two faults of its simulator at the same time.
 *
 * @param label for the report
 * @param effect what follows from it
 * @param bodies of {@code POST /fault} on the control port, in this order
 */
record VendorFault(String label, Effect effect, List<String> bodies) {

  /** What a fault leads to. */
  enum Effect {
    /** Connections stay. */
    GENTLE,
    /** Connections end, and are made again within seconds, later if it happens again and again. */
    ENDING,
    /** The vendor's rules forbid to come back for half a minute and more. */
    HARSH
  }

  /** How the faults of connections that are about to be made again are shown. */
  private static final String RESET = "{\"kind\":\"reset\"}";

  VendorFault {
    bodies = List.copyOf(bodies);
  }

  /** All that can go wrong at a vendor. */
  static List<VendorFault> of(VendorName vendor) {
    List<VendorFault> all = new ArrayList<>(gentle());
    all.addAll(ending());
    all.addAll(harsh(vendor));
    return all;
  }

  private static List<VendorFault> gentle() {
    return Stream.concat(
            Stream.of(
                one("gap", Effect.GENTLE, "'kind':'gap','count':5"),
                one("lag", Effect.GENTLE, "'kind':'lag','seconds':2,'delay_ms':700"),
                one("silence of 2 s", Effect.GENTLE, "'kind':'silence','seconds':2"),
                one("truncate", Effect.GENTLE, "'kind':'truncate','count':3"),
                one("bitflip", Effect.GENTLE, "'kind':'bitflip','count':3"),
                one("garbage", Effect.GENTLE, "'kind':'garbage'"),
                one("unknown-code", Effect.GENTLE, "'kind':'unknown-code'")),
            answers().map(answer -> one(answer, Effect.GENTLE, answer(answer))))
        .toList();
  }

  /** Answers of REST, and to handshakes, that are of no use. */
  private static Stream<String> answers() {
    return Stream.of("html", "empty", "redirect", "half-gzip", "slow", "status");
  }

  private static String answer(String kind) {
    return "'kind':'%s','count':2,'seconds':4".formatted(kind);
  }

  private static List<VendorFault> ending() {
    return Stream.concat(
            Stream.of(
                one("reset", Effect.ENDING, "'kind':'reset'"),
                one("close", Effect.ENDING, "'kind':'close','status':1011"),
                one("shutdown", Effect.ENDING, "'kind':'shutdown'"),
                one("silence of 20 s", Effect.ENDING, "'kind':'silence','seconds':20"),
                afterwards("refuse", "'kind':'refuse','count':2,'seconds':10")),
            answers().map(answer -> afterwards(answer, answer(answer))))
        .toList();
  }

  private static List<VendorFault> harsh(VendorName vendor) {
    VendorFault many = afterwards("status 429", "'kind':'status','status':429,'count':1");
    VendorFault rare = new VendorFault(many.label, Effect.HARSH, many.bodies);
    return switch (vendor) {
      case DHAN ->
          List.of(
              rare,
              one("connection-limit", Effect.HARSH, "'kind':'connection-limit'"),
              one("expire-token", Effect.HARSH, "'kind':'expire-token'"));
      case BINANCE, DERIBIT ->
          List.of(rare, one("connection-limit", Effect.HARSH, "'kind':'connection-limit'"));
    };
  }

  private static VendorFault one(String label, Effect effect, String body) {
    return new VendorFault(label, effect, List.of(json(body)));
  }

  /** Connections are reset, and what comes next has the fault. */
  private static VendorFault afterwards(String label, String body) {
    return new VendorFault("reset, then " + label, Effect.ENDING, List.of(json(body), RESET));
  }

  private static String json(String body) {
    return "{" + body.replace('\'', '"') + "}";
  }
}
