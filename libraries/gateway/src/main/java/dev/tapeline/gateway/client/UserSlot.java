package dev.tapeline.gateway.client;

import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.policy.Policy;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One connection's place among the connections of its user on this node. Clients without a user
 * have none. Owned by the connection's lane.
 */
public final class UserSlot {

  private final Policy policy;
  private final Users users;
  private @Nullable String user;
  private boolean gone;

  /**
   * How many connections each user has.
   *
   * @param refused connections beyond what a user may have
   */
  public record Users(CountPerKey<String> counts, LongAdder refused) {

    public Users() {
      this(new CountPerKey<>(), new LongAdder());
    }
  }

  public UserSlot(Policy policy, Users users) {
    this.policy = policy;
    this.users = users;
  }

  /** Takes a place of this identity's user. Returns false and changes nothing if none is left. */
  public boolean take(Identity client) {
    String next = client.subject();
    if (gone || Objects.equals(next, user)) {
      return true;
    }
    int most = policy.of(client).limits().connections().orElse(Integer.MAX_VALUE);
    if (next != null && !users.counts().add(next, most)) {
      users.refused().increment();
      return false;
    }
    leave();
    user = next;
    return true;
  }

  /** The connection has ended. */
  public void end() {
    gone = true;
    leave();
  }

  private void leave() {
    if (user != null) {
      users.counts().remove(user);
      user = null;
    }
  }
}
