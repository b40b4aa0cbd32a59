package dev.tapeline.server.settings.part;

import dev.tapeline.market.bar.Frame;
import dev.tapeline.market.bar.study.BarRules;
import dev.tapeline.market.bar.study.EmptyBars;
import dev.tapeline.server.settings.declaration.Range;
import dev.tapeline.server.settings.declaration.Setting;
import dev.tapeline.server.settings.declaration.SettingKind;
import dev.tapeline.server.settings.declaration.Values;
import java.util.List;

/** The settings of bars. */
public final class BarSettings {

  private static final String NONE = "none";
  private static final int MAX_FRAMES = 20;

  public static final Setting<List<Frame>> BARS =
      Setting.parsed(
          "TAPELINE_BARS",
          SettingKind.LIST,
          "1m,5m,15m,1h,1d",
          Range.parsed(
              "up to %d of 1s to 86400s, 1m to 1440m, 1h to 24h, 1d, 1w and 1M, by comma; or none"
                  .formatted(MAX_FRAMES),
              BarSettings::frames),
          "frames whose closed bars are published for each instrument. Others are made while a"
              + " client wants them");
  public static final Setting<EmptyBars> EMPTY_BARS =
      Setting.choice(
          "TAPELINE_EMPTY_BARS",
          EmptyBars.NONE,
          "what becomes of a frame without a trade: no bar, or one at the close before it with"
              + " volume 0");

  private BarSettings() {}

  static List<Frame> frames(String text) {
    List<Frame> frames = text.equals(NONE) ? List.of() : Range.parts(text, Frame::parse);
    if (frames.size() > MAX_FRAMES) {
      throw new IllegalArgumentException("%d frames".formatted(frames.size()));
    }
    return frames;
  }

  public static BarRules from(Values values) {
    return BarRules.of(values.get(BARS)).with(values.get(EMPTY_BARS));
  }
}
