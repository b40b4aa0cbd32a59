package dev.tapeline.gateway.listen.open;

import dev.tapeline.access.Authenticator;
import dev.tapeline.access.audit.Audit;
import dev.tapeline.access.policy.Identity;
import dev.tapeline.access.token.Verdict;
import dev.tapeline.gateway.client.Client;
import dev.tapeline.gateway.client.ClientConnection;
import dev.tapeline.gateway.client.ClientOrigin;
import dev.tapeline.gateway.client.ConnectionControl;
import dev.tapeline.gateway.client.GatewayServices;
import dev.tapeline.gateway.client.MessageRateLimit;
import dev.tapeline.gateway.client.RoleLimits;
import dev.tapeline.gateway.client.UserSlot;
import dev.tapeline.gateway.listen.answer.HttpRefusal;
import dev.tapeline.gateway.listen.answer.PipelineEdge;
import dev.tapeline.gateway.listen.answer.Refusal;
import dev.tapeline.gateway.listen.http.HttpRules;
import dev.tapeline.gateway.meters.GatewayCounters;
import dev.tapeline.hub.frame.Framing;
import dev.tapeline.hub.lane.Lane;
import dev.tapeline.protocols.spi.Credentials;
import dev.tapeline.protocols.spi.Entitlement;
import dev.tapeline.protocols.spi.Opening;
import dev.tapeline.protocols.spi.Protocol;
import io.netty.channel.ChannelHandlerContext;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Opens the client of a connection: checks its credential, and opens its session. Owned by the
 * connection's lane.
 *
 * @param address the client's own address, also behind a proxy
 * @param shared what all connections share
 * @param onOpen gets the new client
 */
public record ClientOpener(
    Protocol protocol,
    Opening opening,
    InetAddress address,
    Lane lane,
    Shared shared,
    UserSlot slot,
    Consumer<Client> onOpen) {

  /**
   * What the openers of all connections share.
   *
   * @param maxPayloadBytes the largest publication that a client may send
   * @param audit the log of refusals
   */
  public record Shared(
      HttpRules http,
      ClientRules clients,
      int maxPayloadBytes,
      Entitlement.SharedServices services,
      GatewayCounters counters,
      Audit audit) {}

  /**
   * Identifies the client, or refuses the connection.
   *
   * @param known gets the identity, unless the connection is refused or has gone; null if the
   *     client may authenticate later
   * @param over runs after that, in each case
   */
  public void identify(
      ChannelHandlerContext ctx, Consumer<@Nullable Identity> known, Runnable over) {
    Optional<String> credential = Credentials.of(opening);
    if (credential.isEmpty()) {
      admitAnonymous(ctx, known);
      over.run();
      return;
    }
    var _ =
        shared
            .services()
            .authenticator()
            .authenticate(credential.get())
            .thenAccept(verdict ->
                ctx.executor()
                    .execute(() -> {
                      admit(ctx, verdict, known);
                      over.run();
                    }));
  }

  private void admitAnonymous(ChannelHandlerContext ctx, Consumer<@Nullable Identity> known) {
    Authenticator authenticator = shared.services().authenticator();
    Optional<Identity> anonymous = authenticator.anonymous();
    if (anonymous.isEmpty() && !protocol.authenticates()) {
      refuse(ctx, "no token or key was shown");
    } else {
      known.accept(anonymous.orElse(null));
    }
  }

  private void admit(
      ChannelHandlerContext ctx, Verdict verdict, Consumer<@Nullable Identity> known) {
    switch (verdict) {
      case Verdict.Refused(String reason) -> refuse(ctx, reason);
      case Verdict.Unavailable(_, Duration retryAfter) -> putOff(ctx, retryAfter);
      case Verdict.Known(Identity identity) -> {
        if (ctx.channel().isActive()) {
          takeSlot(ctx, identity, known);
        }
      }
    }
  }

  /**
   * Postpones a client whose credential can't be checked. It reconnects by itself, at another time
   * than the others.
   */
  private void putOff(ChannelHandlerContext ctx, Duration retryAfter) {
    long least = retryAfter.toMillis();
    long millis = ThreadLocalRandom.current().nextLong(least, 2 * least);
    if (!protocol.streamsEvents()) {
      counters().postponedByHttp.increment();
    }
    new Refusal(HttpRefusal.UNCHECKED, millis)
        .send(ctx.channel(), protocol.streamsEvents(), counters());
  }

  private void takeSlot(
      ChannelHandlerContext ctx, Identity identity, Consumer<@Nullable Identity> known) {
    if (slot.take(identity)) {
      known.accept(identity);
    } else {
      refuse(ctx, identity + " has reached its limit of connections", HttpRefusal.TOO_MANY_OF_USER);
    }
  }

  /**
   * Refuses the client and says why, as REST does, because developers of its tokens see that first.
   */
  private void refuse(ChannelHandlerContext ctx, String why) {
    counters().refused.increment();
    shared.audit().refused(address.getHostAddress(), "authentication: " + why);
    HttpRefusal.UNAUTHORIZED.sendBecause(ctx.channel(), why);
  }

  private void refuse(ChannelHandlerContext ctx, String why, HttpRefusal refusal) {
    shared.audit().refused(address.getHostAddress(), "authentication: " + why);
    Refusal.of(refusal).send(ctx.channel(), protocol.streamsEvents(), counters());
  }

  /**
   * Opens the session; the client still has to be put in the pipeline, and {@link #welcome}d.
   *
   * @param identity null if the client may authenticate later
   */
  public Client open(
      ChannelHandlerContext ctx,
      Framing framing,
      ConnectionControl control,
      @Nullable Identity identity) {
    ClientRules rules = shared.clients();
    Client client =
        new Client(
            new ClientConnection(
                lane, ctx.channel(), PipelineEdge.of(ctx.channel()), framing, control),
            ClientOrigin.of(address, protocol, opening),
            opening,
            new RoleLimits(
                slot,
                new MessageRateLimit(rules.ratePerSecond(), rules.rateBurst()),
                shared.audit().of(address)),
            new GatewayServices(shared.services(), shared.http().handshakeTimeout(), counters()));
    if (identity != null) {
      client.entitlement().become(identity);
    }
    client.greet(opening);
    return client;
  }

  public GatewayCounters counters() {
    return shared.counters();
  }

  public void welcome(Client client) {
    onOpen.accept(client);
    client.begin();
  }
}
