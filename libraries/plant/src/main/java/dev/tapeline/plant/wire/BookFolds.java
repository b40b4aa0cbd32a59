package dev.tapeline.plant.wire;

import dev.tapeline.core.ChannelKind;
import dev.tapeline.core.Fold;
import dev.tapeline.core.Folds;
import dev.tapeline.core.KindRules;
import dev.tapeline.core.Selector;
import java.util.List;
import java.util.Optional;

/** The folds that build order books from the publications of {@code delta} channels. */
public final class BookFolds implements Folds {

  private final List<Selector> followed;

  public BookFolds(KindRules kinds) {
    this.followed =
        kinds.rules().stream()
            .filter(rule -> rule.kind() == ChannelKind.DELTA)
            .map(KindRules.Rule::selector)
            .toList();
  }

  @Override
  public Fold foldFor(String channel) {
    return new BookFold(new BookSnapshots(channel));
  }

  @Override
  public List<Selector> followed() {
    return followed;
  }

  private record BookFold(BookSnapshots book) implements Fold {

    @Override
    public void apply(byte[] payload) {
      book.apply(payload);
    }

    @Override
    public Optional<byte[]> snapshot() {
      return book.snapshot();
    }

    @Override
    public void reset() {
      book.reset();
    }
  }
}
