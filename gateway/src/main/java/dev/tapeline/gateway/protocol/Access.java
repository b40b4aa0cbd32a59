package dev.tapeline.gateway.protocol;

import dev.tapeline.core.Selector;
import java.util.Optional;

/** Who may do what. */
public interface Access {

  /** Everybody may subscribe to everything. */
  Access OPEN = selector -> Optional.empty();

  /** Why the client may not subscribe to this; empty if it may. */
  Optional<String> refuseSubscribe(Selector selector);
}
