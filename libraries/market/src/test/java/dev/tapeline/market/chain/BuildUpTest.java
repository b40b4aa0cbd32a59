package dev.tapeline.market.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildUpTest {

  @ParameterizedTest
  @CsvSource({
    " 1,   1,  LB, green",
    "-1,   1,  SB, red",
    "-1,  -1,  LU, orange",
    " 1,  -1,  SC, blue",
    " 0,   1,  N,  grey",
    " 1,   0,  N,  grey",
    " NaN, 1,  N,  grey",
    " 1, NaN,  N,  grey"
  })
  void priceAndInterestSayIt(double price, double interest, String letters, String colour) {
    BuildUp buildUp = BuildUp.of(price, interest);
    assertEquals(letters, buildUp.letters());
    assertEquals(colour, buildUp.colour());
  }
}
