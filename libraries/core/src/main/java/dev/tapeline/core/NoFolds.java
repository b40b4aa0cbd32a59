package dev.tapeline.core;

import java.util.List;
import java.util.Optional;

/** Builds up nothing: no channel has a snapshot but its last publication. */
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
