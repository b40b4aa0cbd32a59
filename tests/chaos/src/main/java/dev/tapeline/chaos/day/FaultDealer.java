package dev.tapeline.chaos.day;

import dev.tapeline.chaos.day.VendorFault.Effect;
import dev.tapeline.chaos.fault.Pause;
import dev.tapeline.simulate.dhan.DhanAccount;
import dev.tapeline.simulate.dhan.Totp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Lets something go wrong each minute of the market, at a vendor that the node is connected to: the
 * others wait, by their rules, until they may be connected again. Owned by one thread.
 */
final class FaultDealer {

  private static final Pattern TOKEN = Pattern.compile("\"accessToken\":\"([^\"]+)\"");

  private static final Duration TOKEN_LIMIT = Duration.ofMinutes(3);

  /** Of this many faults one ends connections, where they have lasted long enough. */
  private static final int ENDING_IN = 3;

  /** A connection lasts up to so many times the shortest time before a fault ends it. */
  private static final int LONGEST_STEADY = 5;

  private final DayPlan plan;
  private final Map<VendorName, VendorStand> vendors;
  private final DayNode node;
  private final Random random;
  private final Map<VendorName, FaultDeck> decks = new EnumMap<>(VendorName.class);
  private final Map<String, Integer> dealt = new TreeMap<>();
  private int idle;
  private boolean tokenIsOld;

  FaultDealer(DayPlan plan, Map<VendorName, VendorStand> vendors, DayNode node) {
    this.plan = plan;
    this.vendors = vendors;
    this.node = node;
    this.random = new Random(plan.seed());
    for (VendorName vendor : VendorName.values()) {
      decks.put(vendor, new FaultDeck(vendor, random));
    }
  }

  /** Does what is due in one minute. */
  void minute() {
    if (tokenIsOld) {
      renewToken();
    }
    Map<VendorName, Duration> ages = new EnumMap<>(VendorName.class);
    vendors.forEach((name, stand) -> ages.put(name, stand.connectedFor()));
    ages.values().removeIf(Duration::isNegative);
    Duration wanted = plan.steady().multipliedBy(1 + random.nextInt(LONGEST_STEADY));
    boolean wantsEnd = random.nextInt(ENDING_IN) == 0;
    List<VendorName> connected = new ArrayList<>(ages.keySet());
    if (connected.isEmpty()) {
      idle++;
      return;
    }
    VendorName hit = connected.get(random.nextInt(connected.size()));
    boolean isSteady = ages.getOrDefault(hit, Duration.ZERO).compareTo(wanted) >= 0;
    VendorStand stand = vendors.get(hit);
    if (stand != null) {
      deal(stand, wantsEnd && isSteady);
    }
  }

  private void deal(VendorStand stand, boolean ends) {
    FaultDeck deck = Objects.requireNonNull(decks.get(stand.name()));
    VendorFault fault = ends ? ending(deck) : deck.next(Effect.GENTLE);
    if (fault != null) {
      stand.inject(fault);
      dealt.merge(stand.name().word() + " " + fault.label(), 1, Integer::sum);
      tokenIsOld |= fault.label().equals("expire-token");
    }
  }

  private @Nullable VendorFault ending(FaultDeck deck) {
    boolean wantsHarsh = plan.harsh() && random.nextInt(ENDING_IN) == 0;
    VendorFault harsh = wantsHarsh ? deck.next(Effect.HARSH) : null;
    return harsh == null ? deck.next(Effect.ENDING) : harsh;
  }

  /**
   * Makes a token as a person would, and puts it where the node reads it. What goes wrong at the
   * vendor may concern this call too: then it is made again in a minute.
   */
  private void renewToken() {
    VendorStand dhan = vendors.get(VendorName.DHAN);
    if (dhan == null) {
      return;
    }
    DhanAccount account = DhanAccount.USUAL;
    long time = dhan.state().path("market_time").asLong(0);
    String path =
        "/app/generateAccessToken?dhanClientId=%s&pin=%s&totp=%s"
            .formatted(account.clientId(), account.pin(), Totp.at(account.totpSecret(), time));
    Matcher token = TOKEN.matcher(dhan.vendorAnswer("POST", path));
    if (token.find()) {
      node.renewToken(token.group(1));
      tokenIsOld = false;
    }
  }

  /** Ends all faults; a token that is missing is made. */
  void end() {
    vendors.values().forEach(VendorStand::clear);
    Pause.until(
        "Dhan has made a token",
        TOKEN_LIMIT,
        () -> {
          if (tokenIsOld) {
            renewToken();
          }
          return !tokenIsOld;
        });
  }

  /** How often each fault was dealt, by vendor and kind. */
  Map<String, Integer> dealt() {
    return Map.copyOf(dealt);
  }

  /** The minutes in which the node was connected to no vendor. */
  int idle() {
    return idle;
  }
}
