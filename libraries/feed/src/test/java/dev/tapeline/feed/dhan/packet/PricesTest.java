package dev.tapeline.feed.dhan.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PricesTest {

  @ParameterizedTest
  @ValueSource(strings = {"152.3", "0.05", "1642.35", "84.0125", "99999.95", "0.0025", "7"})
  void aPriceIsWhatWasMeant(String text) {
    int bits = Float.floatToIntBits(Float.parseFloat(text));
    assertEquals(new BigDecimal(text), Prices.of(bits));
    assertEquals(new BigDecimal(text), Prices.of(Double.parseDouble(text)));
  }

  @Test
  void zeroIsNoPrice() {
    assertNull(Prices.of(0));
    assertNull(Prices.of(Float.floatToIntBits(-0.0f)));
    assertNull(Prices.of(Float.floatToIntBits(Float.NaN)));
    assertNull(Prices.of(0.0));
    assertNull(Prices.of(Double.NaN));
  }

  /** The decimal is that of the language's own conversion, without zeros at its end. */
  @Property(tries = 20_000)
  void theShortestDecimalIsFound(@ForAll @IntRange(min = 0x38D1B717, max = 0x4E6E6B28) int bits) {
    float value = Float.intBitsToFloat(bits); // 0.0001 to 1 billion
    BigDecimal expected = new BigDecimal(Float.toString(value));
    assertEquals(0, expected.compareTo(Prices.decimal(value)), () -> Float.toString(value));
  }

  @Property(tries = 20_000)
  void everyTickOfAPriceComesBack(@ForAll @IntRange(min = 1, max = 15_000_000) int hundredths) {
    BigDecimal meant = BigDecimal.valueOf(hundredths, 2);
    BigDecimal read = Prices.decimal(meant.floatValue());
    assertEquals(meant.floatValue(), read.floatValue());
    assertTrue(read.precision() <= 8 && read.scale() <= 2, read::toString);
  }
}
