package dev.tapeline.redis.lease;

import dev.tapeline.core.Append;
import dev.tapeline.core.Fence;
import dev.tapeline.core.Leases;
import dev.tapeline.core.Publication;
import dev.tapeline.core.WritesRefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adopts the plain messages of one partition. Guarded by the lock of the {@link RedisAdopter},
 * which its callers hold.
 */
final class PartitionAdopter {

  static final int MAX_WAITING = 1 << 14;
  private static final int MAX_BATCH = 1 << 10;
  private static final long MARK_MILLIS = 2_000;

  /** How much longer a message may take on one way through a cluster than on another. */
  private static final long GRACE_MILLIS = 300;

  private final RedisAdopter adopter;
  private final int partition;
  private final List<Publication> waiting = new ArrayList<>();
  private Leases.@Nullable Claim claim;
  private @Nullable Term term;
  private boolean sending;

  PartitionAdopter(RedisAdopter adopter, int partition) {
    this.adopter = adopter;
    this.partition = partition;
  }

  String lease() {
    return RedisAdopter.lease(partition);
  }

  /** Whether this node adopts. */
  boolean isUnderWay() {
    return term != null && term.proof() != null;
  }

  void claim() {
    Term newest = new Term();
    term = newest;
    claim = adopter.claim(partition, newest);
  }

  void giveUp() {
    term = null;
    waiting.clear();
    if (claim != null) {
      claim.close();
      claim = null;
    }
  }

  private void takeUpAgain(String why) {
    adopter.tellAnew(partition, why);
    beginAnew();
  }

  private void beginAnew() {
    giveUp();
    if (adopter.isListening()) {
      claim();
    }
  }

  /** Notes that a token was stamped into the partition: later messages belong to its holder. */
  void mark(long token) {
    if (term != null) {
      term.mark(token);
    }
  }

  /** Takes a plain message. */
  void take(Publication publication) {
    if (term == null || !term.marked) {
      adopter.countIgnored();
    } else if (waiting.size() >= MAX_WAITING) {
      takeUpAgain("it receives more plain messages than can be adopted");
    } else {
      waiting.add(publication);
      send();
    }
  }

  /** Sends one call at a time. Messages that come meanwhile go into the next one. */
  private void send() {
    Term sender = term;
    Fence proof = sender == null ? null : sender.proof();
    if (sending || waiting.isEmpty() || sender == null || proof == null) {
      return;
    }
    sending = true;
    List<Publication> head = waiting.subList(0, Math.min(MAX_BATCH, waiting.size()));
    List<Append> batch = head.stream().map(one -> Append.of(one).withFence(proof)).toList();
    head.clear();
    var _ =
        adopter
            .append(batch)
            .whenComplete((results, error) -> sent(sender, batch.size(), results, error));
  }

  private void sent(
      Term sender, int size, @Nullable List<Append.Result> results, @Nullable Throwable error) {
    synchronized (adopter) {
      sending = false;
      if (results != null
          && results.stream().allMatch(result -> result instanceof Append.Result.Logged)) {
        adopter.countAdopted(results.size());
      } else if (WritesRefusedException.messageIn(error).isPresent()) {
        adopter.countLost(size);
        if (sender == term) {
          beginAnew(); // what Redis refuses to everybody is told once
        }
      } else if (sender == term) {
        takeUpAgain(error == null ? "another node adopts" : String.valueOf(error.getMessage()));
      }
      send();
    }
  }

  /** One claim, and the adoption under it. */
  private final class Term implements Leases.Listener {

    private @Nullable Fence fence;
    private boolean marked;
    private boolean held;

    /** The fence of the calls; null while no calls may be made. */
    private @Nullable Fence proof() {
      return held && marked ? fence : null;
    }

    private void mark(long token) {
      if (fence == null || fence.token() != token || marked) {
        return;
      }
      if (adopter.hearsInOrder()) {
        marked = true;
      } else {
        adopter.later(() -> markAfterGrace(token), GRACE_MILLIS);
      }
    }

    /** Sets the mark once messages for the former adopter have passed. */
    private void markAfterGrace(long token) {
      inTerm(() -> marked |= fence != null && fence.token() == token);
    }

    @Override
    public void onGranted(Fence granted) {
      inTerm(() -> {
        if (!granted.equals(fence)) {
          begin(granted);
        }
      });
    }

    @Override
    public void onHeld(Fence granted) {
      inTerm(() -> {
        held = true;
        send();
        adopter.later(() -> checkMark(granted), MARK_MILLIS);
      });
    }

    @Override
    public void onLost() {
      inTerm(() -> begin(null));
    }

    private void begin(@Nullable Fence granted) {
      fence = granted;
      marked = false;
      held = false;
      waiting.clear();
    }

    /** Begins anew if the mark did not come, as a cluster may lose it. */
    private void checkMark(Fence granted) {
      inTerm(() -> {
        if (granted.equals(fence) && !marked) {
          takeUpAgain("the mark of its token did not come");
        }
      });
    }

    /** Runs a task under the lock, unless this claim was given up. */
    private void inTerm(Runnable task) {
      synchronized (adopter) {
        if (this == term) {
          task.run();
        }
      }
    }
  }
}
