package dev.tapeline.market.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VenueTest {

  private static Reference reference(String segment) {
    return new Reference("A", segment, "1", "A", BigDecimal.ZERO);
  }

  @ParameterizedTest
  @CsvSource({
    "IDX_I, NSE, INDEX",
    "NSE_EQ, NSE, CASH",
    "NSE_FNO, NSE, EQUITY_DERIVATIVES",
    "NSE_CURRENCY, NSE, CURRENCY",
    "BSE_EQ, BSE, CASH",
    "BSE_FNO, BSE, EQUITY_DERIVATIVES",
    "BSE_CURRENCY, BSE, CURRENCY",
    "MCX_COMM, MCX, COMMODITY",
    "BINANCE, BINANCE, ALWAYS",
    "DERIBIT, DERIBIT, ALWAYS",
    "SIM, SIM, ALWAYS"
  })
  void aSegmentTellsTheVenue(String segment, String exchange, MarketClass marketClass) {
    assertEquals(
        new Venue(exchange, marketClass),
        Venue.of(new Instrument.Share(reference(segment)), _ -> false));
  }

  @ParameterizedTest
  @CsvSource({"NSE_EQ, NSE", "BSE_EQ, BSE"})
  void sharesWithDerivativesHaveHoursOfTheirOwn(String segment, String exchange) {
    assertEquals(
        new Venue(exchange, MarketClass.CASH_FNO),
        Venue.of(new Instrument.Share(reference(segment)), share -> share.symbol().equals("A")));
  }

  @Test
  void contractsEndByTheKindOfTheirUnderlying() {
    Reference reference = reference("NSE_FNO");
    assertEquals(UnderlyingKind.INDEX, UnderlyingKind.of(new Instrument.Index(reference)));
    assertEquals(UnderlyingKind.STOCK, UnderlyingKind.of(new Instrument.Share(reference)));
    assertEquals(UnderlyingKind.OTHER, UnderlyingKind.of(Instrument.binance("BTCUSDT")));
    assertEquals(
        UnderlyingKind.OTHER,
        UnderlyingKind.of(
            new Instrument.Future(reference, "GOLD", LocalDate.of(2026, 12, 4), BigDecimal.ONE)));
  }
}
