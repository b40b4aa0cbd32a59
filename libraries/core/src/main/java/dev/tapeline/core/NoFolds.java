package dev.tapeline.core;

import java.util.List;
import java.util.Optional;

/** Folds for no channel: the only snapshot of a channel is its last publication. */
final class NoFolds implements Folds {

  private static final Fold NOTHING =
      new Fold() {
        @Override
        public void apply(byte[] payload) {}

        @Override
        public Optional<byte[]> snapshot() {
          return Optional.empty();
        }

        @Override
        public void reset() {}
      };

  @Override
  public Fold foldFor(String channel) {
    return NOTHING;
  }

  @Override
  public List<Selector> followed() {
    return List.of();
  }
}
