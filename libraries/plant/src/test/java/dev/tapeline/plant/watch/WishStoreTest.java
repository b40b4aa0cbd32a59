package dev.tapeline.plant.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tapeline.embedded.EmbeddedCache;
import dev.tapeline.market.instrument.ChainKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WishStoreTest {

  private static final Screener SWING =
      new Screener("swing", "momentum", List.of("RELIANCE", "TCS"), List.of("NSE_EQ:1333"));
  private static final ChainKey CHAIN = new ChainKey("NIFTY", LocalDate.of(2026, 12, 8));

  @TempDir Path folder;

  private final EmbeddedCache cache = new EmbeddedCache(100, System::currentTimeMillis);
  private long now = 1_000;

  private WishStore store(String node) {
    return new WishStore(
        folder.resolve(node).resolve("wishes.json"),
        cache,
        (InstantSource) () -> Instant.ofEpochMilli(now));
  }

  @Test
  void whatWasAskedForSurvivesARestart() {
    WishStore store = store("a");
    store.put(SWING);
    store.poll(CHAIN, 2_000);
    Wishes after = store("a").wishes();
    assertEquals(Map.of("swing", SWING), after.screeners());
    assertEquals(Map.of(CHAIN, 2_000L), after.chains());
  }

  @Test
  void theOtherNodesHearOfIt() {
    WishStore first = store("a");
    WishStore second = store("b");
    List<Wishes> told = new ArrayList<>();
    second.listen(told::add);
    first.put(SWING);
    second.exchange();
    assertEquals(List.of(Wishes.NONE, first.wishes()), told);
    second.exchange();
    assertEquals(2, told.size());
    assertEquals(first.wishes(), store("b").wishes());
  }

  @Test
  void theLaterOfTwoChangesCounts() {
    WishStore first = store("a");
    WishStore second = store("b");
    first.put(SWING);
    now = 2_000;
    second.poll(CHAIN, 3_000);
    first.exchange();
    second.exchange();
    assertEquals(second.wishes(), first.wishes());
    assertEquals(Map.of(), first.wishes().screeners());
  }

  @Test
  void aCacheThatHasLostItGetsItAgain() {
    store("a").put(SWING);
    EmbeddedCache empty = new EmbeddedCache(100, System::currentTimeMillis);
    WishStore restarted =
        new WishStore(folder.resolve("a").resolve("wishes.json"), empty, InstantSource.system());
    restarted.exchange();
    WishStore other = new WishStore(folder.resolve("c"), empty, InstantSource.system());
    other.exchange();
    assertEquals(restarted.wishes(), other.wishes());
  }

  @Test
  void whatIsTakenBackIsGone() {
    WishStore store = store("a");
    store.put(SWING);
    store.poll(CHAIN, 3_000);
    assertTrue(store.removeScreener("swing"));
    assertTrue(store.endPolling(CHAIN));
    assertFalse(store.removeScreener("swing"));
    assertFalse(store.endPolling(CHAIN));
    assertEquals(Map.of(), store("a").wishes().screeners());
  }

  @Test
  void twoProcessesWithTheSameFileLoseNothing() {
    WishStore first = alone();
    WishStore second = alone();
    first.put(SWING);
    second.poll(CHAIN, 3_000);
    assertEquals(Map.of("swing", SWING), second.wishes().screeners());
    first.look();
    assertEquals(second.wishes(), first.wishes());
    assertTrue(second.removeScreener("swing"));
    assertFalse(first.removeScreener("swing"));
    assertEquals(Map.of(CHAIN, 3_000L), alone().wishes().chains());
  }

  /** A store that shares nothing but the file. */
  private WishStore alone() {
    return new WishStore(
        folder.resolve("same").resolve("wishes.json"),
        new EmbeddedCache(100, System::currentTimeMillis),
        (InstantSource) () -> Instant.ofEpochMilli(now));
  }

  @Test
  void changesAtTheSameTimeAreAllKept() throws InterruptedException {
    List<Thread> writers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int writer = i;
      writers.add(
          Thread.ofPlatform()
              .start(() -> {
                WishStore store = alone();
                for (int j = 0; j < 10; j++) {
                  store.poll(new ChainKey("S" + writer + "N" + j, CHAIN.expiry()), 3_000);
                }
              }));
    }
    for (Thread writer : writers) {
      writer.join();
    }
    assertEquals(40, alone().wishes().chains().size());
  }

  @Test
  void aBrokenFileIsPutAside() throws IOException {
    Path file = folder.resolve("a").resolve("wishes.json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"version\":");
    assertEquals(Wishes.NONE, store("a").wishes());
    assertEquals("{\"version\":", Files.readString(file.resolveSibling("wishes.json.bad")));
  }

  @Test
  void thereIsALimit() {
    WishStore store = store("a");
    for (int i = 0; i < Wishes.MAX; i++) {
      store.poll(new ChainKey("S" + i, CHAIN.expiry()), 3_000);
    }
    Wishes full = store.wishes();
    assertThrows(IllegalArgumentException.class, () -> store.poll(CHAIN, 3_000));
    assertEquals(full, store.wishes());
  }
}
