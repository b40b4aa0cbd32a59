package dev.tapeline.market.tick;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

  @Property
  void parseInvertsPlainText(
      @ForAll @BigRange(min = "-1e18", max = "1e18") @Scale(8) BigDecimal value) {
    assertEquals(value, Decimals.parse(value.toPlainString()));
  }

  @Test
  void keepsTrailingZeros() {
    assertEquals("61837.63000000", Decimals.parse("61837.63000000").toPlainString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "1,5",
        "NaN",
        "0x10",
        "1e41",
        "1e999999999",
        "1e-41",
        "11111111111111111111111111111111111111111"
      })
  void refusesWhatIsNoneOrCostly(String text) {
    assertThrows(NumberFormatException.class, () -> Decimals.parse(text));
  }
}
