package dev.tapeline.access.token;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import dev.tapeline.core.Finding;
import java.io.IOException;
import java.net.URL;
import java.text.ParseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The public keys at an address, by key id: RS256, ES256, EdDSA. They are kept for five minutes. A
 * token with an unknown key has them fetched at once, at most twice in half a minute. While the
 * address can't be read, the last keys stay valid for an hour. While there are no keys, each token
 * has them fetched, at most once a second: it waits for the fetch, and its client is told to come
 * back if that fails. There is one fetch at a time, for all that wait.
 */
public final class PublishedKeys implements TokenKeys {

  private static final String SUBJECT = "token keys";
  private static final Duration FRESH = Duration.ofMinutes(5);
  private static final Duration LONGEST_USE = Duration.ofMinutes(65);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = PAUSE.plus(KeySource.WHOLE).plusSeconds(1);

  private final KeySource source;
  private final KeyOutage outage;
  private final UnknownKeys unknown = new UnknownKeys();
  private final LongAdder fetched = new LongAdder();
  private final LongAdder unchecked = new LongAdder();
  private @Nullable CompletableFuture<Void> fetching;
  private volatile @Nullable Held held;

  /** The keys of an answer, and when it came. */
  private record Held(KeySet keys, long atNanos) {

    boolean isYoungerThan(Duration age) {
      return System.nanoTime() - atNanos < age.toNanos();
    }
  }

  /**
   * @param address by http or https
   */
  public PublishedKeys(URL address) {
    source = new KeySource(address);
    outage = new KeyOutage(source);
  }

  @Override
  public Set<JWSAlgorithm> algorithms() {
    return KeySet.ALGORITHMS;
  }

  @Override
  public boolean isRemote() {
    return true;
  }

  /** Blocks while keys are fetched. */
  @Override
  public List<JWSVerifier> verifiers(JWSHeader header) {
    List<JWSVerifier> found = current().matching(header);
    if (!found.isEmpty()) {
      return found;
    }
    Duration wait = outage.isOn() ? Duration.ZERO : unknown.ask();
    if (wait.isPositive()) {
      throw unavailable("the token's key is not known yet", wait.plus(PAUSE));
    }
    if (!fetch()) {
      throw unavailable("the token's key is not known yet", RETRY);
    }
    return current().matching(header);
  }

  /** The current keys, fetched first if there are none or they are old. */
  private KeySet current() {
    Held now = held;
    if (now == null || !isUsable(now) || !now.isYoungerThan(FRESH)) {
      if (isUsable(now) && outage.isOn()) {
        var _ = begin(); // nobody waits for what has just failed
      } else {
        var _ = fetch();
        now = held;
      }
    }
    if (now == null || !isUsable(now)) {
      throw unavailable("the keys that tokens are signed with can't be read now", RETRY);
    }
    return now.keys();
  }

  private static boolean isUsable(@Nullable Held held) {
    return held != null && !held.keys().usable().isEmpty() && held.isYoungerThan(LONGEST_USE);
  }

  private UnavailableException unavailable(String reason, Duration retryAfter) {
    unchecked.increment();
    return new UnavailableException(reason + ": try again", retryAfter);
  }

  /** Has the keys fetched before a token needs them. */
  public void prefetch() {
    var _ = begin();
  }

  /** Waits for an answer; returns whether it could be used. */
  private boolean fetch() {
    try {
      begin().get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      return !outage.isOn();
    } catch (TimeoutException e) {
      return false; // the look-up of the host's name takes too long
    } catch (ExecutionException e) {
      throw new IllegalStateException("a fetch fails by no exception", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized CompletableFuture<Void> begin() {
    if (fetching == null) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      fetching = done;
      Thread.ofVirtual().name("tapeline-keys").start(() -> load(done));
    }
    return fetching;
  }

  private void load(CompletableFuture<Void> done) {
    try {
      outage.rest(PAUSE);
      KeySet keys = KeySet.parse(source.fetch());
      fetched.increment();
      held = new Held(keys, System.nanoTime());
      outage.end(keys);
    } catch (IOException | ParseException e) {
      outage.fail(KeySet.printable(String.valueOf(e.getMessage())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(done);
    }
  }

  private synchronized void end(CompletableFuture<Void> done) {
    fetching = null;
    done.complete(null);
  }

  /** The number of keys that tokens may be signed with. */
  public int usable() {
    Held now = held;
    return now == null || !isUsable(now) ? 0 : now.keys().usable().size();
  }

  /** The number of keys of the set that can't be used. */
  public int leftOut() {
    Held now = held;
    return now == null ? 0 : now.keys().leftOut().size();
  }

  /** How often the set was fetched. */
  public LongAdder fetched() {
    return fetched;
  }

  /** How often it could not be fetched. */
  public LongAdder failed() {
    return outage.failures();
  }

  /** Tokens that could not be checked because keys were missing. */
  public LongAdder unchecked() {
    return unchecked;
  }

  /** What is wrong with the address now, and the consequence; empty if nothing is. */
  public Optional<String> problem() {
    return outage
        .reason()
        .map(why ->
            "%s; %s"
                .formatted(
                    why,
                    usable() > 0
                        ? "the last keys stay valid for an hour"
                        : "no token can be checked"));
  }

  /** Fetches the keys to see whether that works. Blocks. */
  public List<Finding> check() {
    List<Finding> findings = new ArrayList<>();
    var _ = fetch();
    Optional<String> problem = problem();
    if (problem.isPresent()) {
      findings.add(
          Finding.fail(
              SUBJECT,
              problem.get(),
              "let this machine reach the address, or correct jwt-jwks-url"));
    } else {
      findings.add(Finding.ok(SUBJECT, "%d at %s".formatted(usable(), source)));
    }
    Held now = held;
    if (now != null) {
      now.keys()
          .leftOut()
          .forEach(key ->
              findings.add(
                  Finding.warn(
                      SUBJECT, "unusable: " + key, "have the provider publish another one")));
    }
    return findings;
  }
}
