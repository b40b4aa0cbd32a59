package dev.tapeline.core;

import java.util.List;

/** Makes the folds of {@code delta} channels. */
public interface Folds {

  /** No folds, for hubs without {@code delta} channels. */
  Folds NONE = new NoFolds();

  Fold foldFor(String channel);

  /** The channels that are followed from the start on, so that their folds miss nothing. */
  List<Selector> followed();
}
