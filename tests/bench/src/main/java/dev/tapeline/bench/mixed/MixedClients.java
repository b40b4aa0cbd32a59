package dev.tapeline.bench.mixed;

import dev.tapeline.bench.client.ClientFrames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Clients of all protocols on the same channels. One thread of their own reads for all. */
final class MixedClients implements AutoCloseable {

  private static final int RECEIVE_BUFFER = 1 << 18;

  private final List<Client> clients = new ArrayList<>();
  private final Selector selector;
  private final AtomicLong seen = new AtomicLong();
  private final AtomicLong wrong = new AtomicLong();
  private final AtomicInteger subscribed = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final Thread reader = new Thread(this::read, "bench-mixed");

  /**
   * One connection.
   *
   * @param expected the number of confirmations that it waits for
   */
  private record Client(
      MixedForm form, SocketChannel channel, NumberScanner scanner, int expected) {

    boolean isSubscribed() {
      return scanner.markers() >= expected;
    }
  }

  /**
   * @param each the number of clients of each protocol
   */
  MixedClients(InetSocketAddress address, int each, List<String> names) throws IOException {
    selector = Selector.open();
    for (int i = 0; i < each; i++) {
      for (MixedForm form : MixedForm.values()) {
        clients.add(open(form, address, names));
      }
    }
    reader.start();
  }

  private Client open(MixedForm form, InetSocketAddress address, List<String> names)
      throws IOException {
    SocketChannel channel = form.open(address, names);
    for (String request : form.requests(names)) {
      channel.write(ByteBuffer.wrap(ClientFrames.text(request)));
    }
    Client client =
        new Client(
            form,
            channel,
            new NumberScanner(names.size(), form.confirmation()),
            form.confirmations(names));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, client);
    return client;
  }

  private void read() {
    byte[] buffer = new byte[RECEIVE_BUFFER];
    try {
      while (selector.isOpen() && selector.select(key -> read(key, buffer)) >= 0) {
        // until it is closed
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(SelectionKey key, byte[] buffer) {
    Client client = (Client) key.attachment();
    int count;
    try {
      count = client.channel().read(ByteBuffer.wrap(buffer));
      if (count < 0) {
        lose(key);
        return;
      }
    } catch (IOException e) {
      lose(key);
      return;
    }
    NumberScanner scanner = client.scanner();
    boolean before = client.isSubscribed();
    long seenBefore = scanner.seen();
    long wrongBefore = scanner.wrong();
    scanner.take(buffer, count);
    seen.addAndGet(scanner.seen() - seenBefore);
    wrong.addAndGet(scanner.wrong() - wrongBefore);
    if (!before && client.isSubscribed()) {
      subscribed.incrementAndGet();
    }
  }

  private void lose(SelectionKey key) {
    closed.incrementAndGet();
    key.cancel();
  }

  int count() {
    return clients.size();
  }

  int subscribed() {
    return subscribed.get();
  }

  /** The protocols whose clients are not all subscribed. */
  Set<MixedForm> notSubscribed() {
    return clients.stream()
        .filter(client -> !client.isSubscribed())
        .map(Client::form)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The number of connections that the server has closed. */
  int closed() {
    return closed.get();
  }

  /** The number of publications received by all clients together. */
  long seen() {
    return seen.get();
  }

  /** The number of publications that did not have the next number of their channel. */
  long wrong() {
    return wrong.get();
  }

  /**
   * The number of publications received by the clients of a protocol; called when nothing comes any
   * more.
   */
  long seenBy(MixedForm form) {
    return clients.stream()
        .filter(client -> client.form() == form)
        .mapToLong(client -> client.scanner().seen())
        .sum();
  }

  @Override
  public void close() throws IOException {
    selector.close();
    for (Client client : clients) {
      client.channel().close();
    }
  }
}
