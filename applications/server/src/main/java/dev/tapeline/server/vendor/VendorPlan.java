package dev.tapeline.server.vendor;

import dev.tapeline.feed.FeedException;
import dev.tapeline.feed.net.NetSettings;
import dev.tapeline.plant.watch.Pinned;
import dev.tapeline.server.settings.part.VendorOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a user says of a vendor.
 *
 * @param name of the source
 * @param options by name, as {@link VendorOptions} has them
 */
public record VendorPlan(String name, Map<String, String> options) {

  /**
   * The option of a recording that has the seed of what was recorded: when a connection is replaced
   * depends on it.
   */
  public static final String SEED = "seed";

  public VendorPlan {
    options = Map.copyOf(options);
  }

  /** An option, if the user has set it. */
  public Optional<String> option(String key) {
    return Optional.ofNullable(options.get(key));
  }

  /** Another address of the vendor than its own. */
  public Optional<URI> address(String key) {
    return option(key).map(URI::create);
  }

  /** Whether its markets keep the hours of the calendar; a simulated one may be always open. */
  boolean keepsHours() {
    return option(VendorOptions.HOURS).filter(VendorOptions.ALWAYS::equals).isEmpty();
  }

  /** The seed of jitter: that of the recording, or this one. */
  long seed(long own) {
    return option(SEED).map(Long::parseLong).orElse(own);
  }

  /** The seed of jitter on the node of this name. */
  public static long seedOf(String node) {
    return node.hashCode();
  }

  /** The network that the user has asked for. */
  public NetSettings network() {
    return option(VendorOptions.CA_FILE)
        .map(file -> NetSettings.DEFAULT.withAuthorities(Path.of(file)))
        .orElse(NetSettings.DEFAULT);
  }

  /**
   * What is always watched.
   *
   * @throws FeedException if its file can't be read, or names what is neither symbol nor key
   */
  public Pinned pinned() {
    List<String> names = new ArrayList<>(names(VendorOptions.WATCH));
    option(VendorOptions.WATCH_FILE).ifPresent(file -> addFile(Path.of(file), names));
    return new Pinned(names, names(VendorOptions.WATCH_BOOKS));
  }

  private List<String> names(String key) {
    return VendorOptions.names(option(key).orElse(""));
  }

  private void addFile(Path file, List<String> names) {
    try {
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        String text = line.strip();
        if (!text.isEmpty() && !text.startsWith("#")) {
          names.add(checked(file, number, text));
        }
      }
    } catch (IOException e) {
      throw new FeedException(
          "%s: the watch-file %s can't be read (%s); name one that exists, with a symbol or a key"
                  .formatted(name, file, e)
              + " a line",
          e);
    }
  }

  private String checked(Path file, int line, String text) {
    try {
      return VendorOptions.checkedName(text);
    } catch (IllegalArgumentException e) {
      throw new FeedException(
          "%s: line %d of the watch-file %s: %s".formatted(name, line, file, e.getMessage()), e);
    }
  }
}
