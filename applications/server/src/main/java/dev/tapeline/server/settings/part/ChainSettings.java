package dev.tapeline.server.settings.part;

import dev.tapeline.market.chain.ChainConvention;
import dev.tapeline.market.chain.ChainLimits;
import dev.tapeline.market.chain.DayCount;
import dev.tapeline.server.settings.declaration.DefaultValue;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Values;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * The settings of option chains.
 *
 * @param convention what volatilities and greeks are computed by
 */
public record ChainSettings(ChainConvention convention, ChainLimits limits) {

  private static final BigDecimal MOST = new BigDecimal("0.5");

  public static final Setting<Double> RATE =
      new Setting<>(
          "TAPELINE_CHAIN_RATE",
          SettingKind.NUMBER,
          new DefaultValue.Fixed<>(
              Double.toString(ChainConvention.DEFAULT_RATE), ChainConvention.DEFAULT_RATE),
          Range.parsed("-0.5 to 0.5", ChainSettings::rate),
          "rate of interest a year of option chains, as a fraction, compounded continuously. Markets"
              + " that never close count with 0");
  public static final Setting<DayCount> DAYS =
      new Setting<>(
          "TAPELINE_CHAIN_DAYS",
          SettingKind.NUMBER,
          new DefaultValue.Fixed<>("365", DayCount.CALENDAR),
          Range.parsed("365 or 252", ChainSettings::days),
          "days of a year of option chains: 365 counts all time, 252 sessions alone");
  public static final Setting<Boolean> AVERAGING =
      Setting.flag(
          "TAPELINE_CHAIN_AVERAGING",
          false,
          "whether the clock of option chains allows for a settlement at an average: 20 minutes less"
              + " for one of half an hour");
  public static final Setting<Duration> PRICE_AGE =
      Setting.duration(
          "TAPELINE_CHAIN_PRICE_AGE",
          Duration.ofMillis(ChainLimits.DEFAULT.lastAge()),
          "how long the last price of an option without a usable quote counts");
  public static final Setting<Duration> STALE_AFTER =
      Setting.duration(
          "TAPELINE_CHAIN_STALE_AFTER",
          Duration.ofMillis(ChainLimits.DEFAULT.staleAfter()),
          "how long after its newest tick an option chain is `stale`");
  public static final Setting<Duration> SNAPSHOTS =
      Setting.duration(
          "TAPELINE_CHAIN_SNAPSHOTS",
          Duration.ofMillis(ChainLimits.DEFAULT.snapshotEvery()),
          Range.durations(Duration.ofSeconds(1), Duration.ofHours(8)),
          "time between two snapshots of an option chain, of which the last three are kept");

  public static ChainSettings from(Values values) {
    return new ChainSettings(
        new ChainConvention(values.get(DAYS), values.get(AVERAGING), values.get(RATE)),
        ChainLimits.DEFAULT.with(
            values.get(PRICE_AGE).toMillis(),
            values.get(STALE_AFTER).toMillis(),
            values.get(SNAPSHOTS).toMillis()));
  }

  private static Double rate(String text) {
    BigDecimal rate = new BigDecimal(text);
    if (rate.abs().compareTo(MOST) > 0) {
      throw new IllegalArgumentException();
    }
    return rate.doubleValue();
  }

  private static DayCount days(String text) {
    return switch (text) {
      case "365" -> DayCount.CALENDAR;
      case "252" -> DayCount.TRADING;
      default -> throw new IllegalArgumentException();
    };
  }
}
