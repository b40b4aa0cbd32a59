package dev.tapeline.gateway.listen.route;

import static dev.tapeline.fuzz.Findings.check;

import dev.tapeline.access.address.ClientAddresses;
import dev.tapeline.access.address.ForwardedChain;
import dev.tapeline.core.Channel;
import dev.tapeline.fuzz.Input;
import dev.tapeline.gateway.client.ClientOrigin;
import dev.tapeline.gateway.listen.http.HeadEnd;
import dev.tapeline.gateway.listen.http.RequestHead;
import dev.tapeline.gateway.listen.relay.RequestBoundaries;
import dev.tapeline.gateway.listen.websocket.Compression;
import dev.tapeline.plant.channels.Channels;
import dev.tapeline.protocols.spi.Credentials;
import dev.tapeline.protocols.ticks.TickStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What comes on a connection before and around its messages. */
public final class ConnectionDecoders {

  private static final int MAX_HEAD = 1 << 10;
  private static final int OURS = 4;

  private ConnectionDecoders() {}

  /** The bytes of a connection, from a proxy's header to the frames of a WebSocket. */
  public static void connection(Input input) {
    try (TestConnection connection = new TestConnection()) {
      byte[] bytes = input.rest().bytes();
      int cut = bytes.length == 0 ? 0 : input.first() * bytes.length / 256;
      connection.receive(Unpooled.copiedBuffer(bytes, 0, cut));
      connection.receive(Unpooled.copiedBuffer(bytes, cut, bytes.length - cut));
    }
  }

  /** Messages behind a handshake; the first part is the path. */
  public static void messages(Input input) {
    List<String> parts = input.parts();
    try (TestConnection connection = new TestConnection()) {
      connection.open(parts.getFirst());
      parts.stream().skip(1).forEach(connection::message);
    }
  }

  /** One compressed message. */
  public static void compressed(Input input) {
    try (TestConnection connection = new TestConnection()) {
      connection.openCompressed("/ws");
      connection.compressed(input.bytes());
    }
  }

  /** The head of a request, and what is read of it. */
  public static void head(Input input) {
    ByteBuf bytes = Unpooled.wrappedBuffer(input.bytes());
    int length = new HeadEnd().find(bytes);
    check(length <= input.bytes().length, "a head of %d bytes", length);
    if (length < 0) {
      return;
    }
    RequestHead.parse(bytes, length)
        .ifPresent(head -> {
          boolean _ = head.isUpgrade();
          Optional<String> shown = Credentials.of(head.opening());
          check(shown.filter(String::isEmpty).isEmpty(), "an empty credential");
          String agent =
              ClientOrigin.of(
                      InetAddress.getLoopbackAddress(),
                      new TickStream(Channel.of(Channels.allTicks())),
                      head.opening())
                  .agent();
          check(agent.chars().noneMatch(Character::isISOControl), "a control character for people");
        });
  }

  /** Where requests begin is the same in one piece and in two, up to what is no request. */
  public static void boundaries(Input input) {
    byte[] bytes = input.rest().bytes();
    int cut = bytes.length == 0 ? 0 : input.first() * bytes.length / 256;
    OptionalInt whole = passed(bytes, List.of(bytes.length));
    OptionalInt pieces = passed(bytes, List.of(cut, bytes.length));
    check(whole.equals(pieces), "%s bytes of the whole, %s of two pieces", whole, pieces);
  }

  /** How many bytes go to the REST server before a request of the gateway's comes. */
  private static OptionalInt passed(byte[] bytes, List<Integer> ends) {
    RequestBoundaries boundaries =
        new RequestBoundaries(head -> head.path().length() == OURS, MAX_HEAD);
    ByteBuf held = Unpooled.wrappedBuffer(bytes);
    int passed = 0;
    for (int end : ends) {
      held.writerIndex(end);
      RequestBoundaries.Next next = boundaries.next(held);
      while (next instanceof RequestBoundaries.Next.Part part && part.length() > 0) {
        check(part.length() <= held.readableBytes(), "more bytes than there are");
        held.skipBytes(part.length());
        passed += part.length();
        next = boundaries.next(held);
      }
      switch (next) {
        case RequestBoundaries.Next.Bad _ -> {
          return OptionalInt.empty();
        }
        case RequestBoundaries.Next.Ours _ -> {
          return OptionalInt.of(passed);
        }
        case RequestBoundaries.Next.Incomplete _, RequestBoundaries.Next.Part _ -> {}
      }
    }
    return OptionalInt.of(passed);
  }

  /** What a client offers of permessage-deflate. */
  public static void extensions(Input input) {
    HttpHeaders headers =
        DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
    input.latin().lines().limit(4).forEach(line -> headers.add("Sec-WebSocket-Extensions", line));
    Compression.offered(headers)
        .ifPresent(agreed ->
            check(agreed.answer().startsWith("permessage-deflate; "), "%s", agreed.answer()));
  }

  /** Whom proxies say that they have heard from. */
  public static void forwarded(Input input) throws Exception {
    List<String> lines = new ArrayList<>(input.latin().lines().limit(4).toList());
    InetAddress peer = InetAddress.getByName("10.0.0.1");
    ClientAddresses addresses = ClientAddresses.behindGateway(List.of("10.0.0.0/8", "::1"));
    for (String header : List.of(ForwardedChain.FORWARDED_FOR, ForwardedChain.FORWARDED)) {
      InetAddress client =
          addresses.of(peer, name -> name.equals(header) ? lines : List.<String>of());
      check(!new InetSocketAddress(client, 0).isUnresolved(), "no address");
    }
  }

  /** A list of proxies, as operators write it. */
  public static void proxies(Input input) {
    try {
      new ClientAddresses(input.text().lines().limit(4).toList());
    } catch (IllegalArgumentException e) {
      check(e.getMessage().startsWith("trusted-proxies: "), "no setting in: %s", e.getMessage());
    }
  }
}
