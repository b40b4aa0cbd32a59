package dev.tapeline.chaos.fault;

import dev.tapeline.chaos.ChaosException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processes that get the faults: a Redis, and nodes that are reached by clients, and reach a
 * single Redis, through links. Servers that tell each other's addresses are reached directly.
 */
public final class Stand implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(60);

  /**
   * A node.
   *
   * @param upstream the link between it and Redis; null if it reaches Redis directly
   * @param downstream the one between it and its clients
   */
  public record Site(NodeVictim node, @Nullable Link upstream, Link downstream) {

    private void close() {
      node.close();
      if (upstream != null) {
        upstream.close();
      }
      downstream.close();
    }
  }

  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final Store store;
  private final List<Site> sites = new ArrayList<>();

  /**
   * Starts a stand, and waits until all of it is ready.
   *
   * @param kind of its Redis
   * @param persists whether Redis keeps its data over a crash
   * @param settings environment variables of the nodes
   */
  public Stand(int nodes, Store.Kind kind, boolean persists, Map<String, String> settings) {
    try {
      folder = Files.createTempDirectory("tapeline-chaos");
    } catch (IOException e) {
      throw new ChaosException("no folder for a stand", e);
    }
    store = Store.of(kind, folder, persists);
    store.start();
    store.awaitReady(START);
    for (int i = 1; i <= nodes; i++) {
      sites.add(site("n" + i, settings));
    }
    awaitReady();
  }

  private Site site(String name, Map<String, String> settings) {
    Link upstream =
        store.kind() == Store.Kind.SINGLE
            ? new Link(name + "-redis", store.master(0).port())
            : null;
    Map<String, String> all = new HashMap<>(settings);
    all.put("REDIS_URL", upstream == null ? store.url() : "redis://127.0.0.1:" + upstream.port());
    NodeVictim node = new NodeVictim(name, folder, http, all);
    node.start();
    return new Site(node, upstream, new Link(name + "-clients", node.port()));
  }

  public Path folder() {
    return folder;
  }

  public HttpClient http() {
    return http;
  }

  public Store store() {
    return store;
  }

  public List<Site> sites() {
    return sites;
  }

  /** Waits until everything works. */
  public void awaitReady() {
    store.awaitReady(START);
    sites.forEach(site -> site.node().awaitReady(START));
  }

  private void remove() {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new ChaosException("a stand's folder can't be removed", e);
    }
  }

  @Override
  public void close() {
    sites.forEach(Site::close);
    store.close();
    http.shutdownNow();
    remove();
  }
}
