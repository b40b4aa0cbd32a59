package dev.tapeline.plant.watch;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the settings name to be always watched, as symbols or keys.
 *
 * @param instruments those of which the price is wanted
 * @param books those of which the order book is wanted too
 */
public record Pinned(List<String> instruments, List<String> books) {

  /** Nothing is named. */
  public static final Pinned NONE = new Pinned(List.of(), List.of());

  public Pinned {
    instruments = List.copyOf(instruments);
    books = List.copyOf(books);
  }

  /** This and the other one. */
  public Pinned and(Pinned other) {
    return new Pinned(
        Stream.concat(instruments.stream(), other.instruments.stream()).toList(),
        Stream.concat(books.stream(), other.books.stream()).toList());
  }
}
