package dev.tapeline.feed.vendor;

import dev.tapeline.feed.FeedStatus;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A link to nobody: what a session asks for in a replay is not done, as what came of it is in the
 * recording. Its states and faults alone are passed on.
 *
 * @param states takes each state that the source was in
 * @param faults takes the kind and the reason of each fault
 */
public record SilentLink(Consumer<FeedStatus.State> states, BiConsumer<String, String> faults)
    implements VendorLink {

  /** A link whose states nobody hears. */
  public SilentLink(BiConsumer<String, String> faults) {
    this(_ -> {}, faults);
  }

  @Override
  public void open(String socket, Address.Source address, Duration delay) {}

  @Override
  public void send(String socket, String text) {}

  @Override
  public void close(String socket) {}

  @Override
  public void call(RestCall call) {}

  @Override
  public void rest(String budget, Duration pause) {}

  @Override
  public void tell(FeedStatus.State state, @Nullable String reason) {
    states.accept(state);
  }

  @Override
  public void fault(String kind, String reason) {
    faults.accept(kind, reason);
  }
}
