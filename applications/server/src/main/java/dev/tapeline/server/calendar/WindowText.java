package dev.tapeline.server.calendar;

import dev.tapeline.market.session.MarketPhase;
import dev.tapeline.market.session.PhaseStep;
import dev.tapeline.market.session.PhaseWindow;
import dev.tapeline.market.session.TimeOfDay;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A window of a day as it is written: {@code {phase: open, from: "09:15", until: "15:30"}}. */
record WindowText(
    @Nullable MarketPhase phase,
    @Nullable PhaseStep step,
    @Nullable String session,
    @Nullable TimeOfDay from,
    @Nullable TimeOfDay until,
    @Nullable TimeOfDay mayEndFrom) {

  /** The windows of a list, of which no entry is empty. */
  static List<PhaseWindow> windows(@Nullable List<@Nullable WindowText> texts) {
    return texts == null ? List.of() : texts.stream().map(WindowText::windowOf).toList();
  }

  private static PhaseWindow windowOf(@Nullable WindowText text) {
    if (text == null || text.phase == null || text.from == null || text.until == null) {
      throw new IllegalArgumentException(
          "a window needs phase, from and until: write"
              + " {phase: open, from: \"09:15\", until: \"15:30\"}");
    }
    return new PhaseWindow(
        text.phase,
        text.step,
        Objects.requireNonNullElse(text.session, PhaseWindow.REGULAR),
        text.from,
        text.until,
        text.mayEndFrom);
  }
}
