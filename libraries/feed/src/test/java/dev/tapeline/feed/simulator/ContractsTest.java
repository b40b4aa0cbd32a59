package dev.tapeline.feed.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ContractsTest {

  private static final LocalDate MONDAY = LocalDate.of(2026, 11, 30);
  private static final BigDecimal TICK = new BigDecimal("0.05");

  @Test
  void aContractIsNamedAfterItsTerms() {
    LocalDate december = LocalDate.of(2026, 12, 29);
    assertEquals(
        new Instrument.Future(
            new Reference(
                "NIFTY-20261229-FUT", "NSE_FNO", "6033776", "NIFTY 29 Dec 2026 Future", TICK),
            "NIFTY",
            december,
            new BigDecimal("65")),
        Contracts.future(Underlying.NIFTY, december));
    LocalDate next = LocalDate.of(2026, 12, 8);
    assertEquals(
        new Instrument.Option(
            new Reference(
                "NIFTY-20261208-26000-CE",
                "NSE_FNO",
                "5985664",
                "NIFTY 08 Dec 2026 26000 Call",
                TICK),
            "NIFTY",
            next,
            new BigDecimal("26000"),
            Right.CALL,
            new BigDecimal("65")),
        Contracts.option(Underlying.NIFTY, next, 520, Right.CALL));
    assertEquals(
        "BANKNIFTY 29 Dec 2026 52000 Put",
        Contracts.option(Underlying.BANKNIFTY, december, 520, Right.PUT).name());
  }

  @Test
  void theNextExpiriesAreListed() {
    List<Instrument> listed = SimulatedInstruments.derivatives(MONDAY);
    assertEquals(
        List.of("2026-12-01", "2026-12-08", "2026-12-15", "2026-12-29", "2027-01-26", "2027-02-23"),
        List.copyOf(optionExpiries(listed, "NIFTY")));
    assertEquals(
        Set.of("2026-12-29", "2027-01-26", "2027-02-23"), optionExpiries(listed, "BANKNIFTY"));
    assertEquals(
        List.of(
            "NIFTY-20261229-FUT",
            "NIFTY-20270126-FUT",
            "NIFTY-20270223-FUT",
            "BANKNIFTY-20261229-FUT",
            "BANKNIFTY-20270126-FUT",
            "BANKNIFTY-20270223-FUT",
            "RELIANCE-20261229-FUT",
            "RELIANCE-20270126-FUT",
            "RELIANCE-20270223-FUT",
            "HDFCBANK-20261229-FUT",
            "HDFCBANK-20270126-FUT",
            "HDFCBANK-20270223-FUT"),
        listed.stream()
            .filter(Instrument.Future.class::isInstance)
            .map(Instrument::symbol)
            .toList());
    assertEquals(12 + (6 + 3) * 41 * 2, listed.size());
  }

  private static Set<String> optionExpiries(List<Instrument> listed, String underlying) {
    Set<String> expiries = new TreeSet<>();
    for (Instrument each : listed) {
      if (each instanceof Instrument.Option option && option.underlying().equals(underlying)) {
        expiries.add(option.expiry().toString());
      }
    }
    return expiries;
  }

  /** On its last day a contract is still listed. */
  @Test
  void anExpiryStaysUntilItsDayIsOver() {
    LocalDate expiry = LocalDate.of(2026, 12, 29);
    assertEquals(expiry, Underlying.NIFTY.futureExpiries(expiry).getFirst());
    assertEquals(
        LocalDate.of(2027, 1, 26), Underlying.NIFTY.futureExpiries(expiry.plusDays(1)).getFirst());
    assertEquals(expiry, Underlying.NIFTY.optionExpiries(expiry).getFirst());
    assertEquals(
        LocalDate.of(2027, 1, 5), Underlying.NIFTY.optionExpiries(expiry.plusDays(1)).getFirst());
  }

  @Test
  void anExpiryOfAWeekAndAMonthIsListedOnce() {
    assertEquals(
        List.of("2026-12-29", "2027-01-05", "2027-01-12", "2027-01-26", "2027-02-23"),
        Underlying.NIFTY.optionExpiries(LocalDate.of(2026, 12, 23)).stream()
            .map(LocalDate::toString)
            .toList());
  }

  /** On each date, and for contracts that are listed on two of them. */
  @Property
  void aSecurityIdBelongsToOneContract(
      @ForAll @IntRange(max = 4000) int days, @ForAll @IntRange(max = 100) int later) {
    Set<Instrument> all = new HashSet<>(SimulatedInstruments.derivatives(MONDAY.plusDays(days)));
    all.addAll(SimulatedInstruments.derivatives(MONDAY.plusDays(days + later)));
    Set<String> ids = new HashSet<>();
    Set<String> symbols = new HashSet<>();
    for (Instrument each : all) {
      assertEquals("NSE_FNO", each.segment());
      assertTrue(ids.add(each.securityId()), each.toString());
      assertTrue(symbols.add(each.symbol()), each.toString());
      assertTrue(Integer.parseInt(each.securityId()) >= 70_000, each.toString());
    }
  }

  @Test
  void whatAMarketListsFirstFollowsFromTheDate() {
    SimulatedMarket market =
        new SimulatedMarket(99, SessionPlan.COMPRESSED, 1_796_010_300_000L, MONDAY);
    List<Instrument> listed = market.instruments();
    int lasting = SimulatedInstruments.all().size();
    assertEquals(SimulatedInstruments.all(), listed.subList(0, lasting));
    assertEquals(
        Set.copyOf(SimulatedInstruments.derivatives(MONDAY)),
        Set.copyOf(listed.subList(lasting, listed.size())));
  }
}
