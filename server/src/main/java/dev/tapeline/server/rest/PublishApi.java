package dev.tapeline.server.rest;

import dev.tapeline.access.BearerToken;
import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
import dev.tapeline.core.InvalidNameException;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Stamps;
import dev.tapeline.server.config.ApiKey;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Publishing by an administrator. */
final class PublishApi {

  private static final long LIMIT_MILLIS = 2_000;

  private final Bus bus;
  private final Optional<ApiKey> key;
  private final int maxBytes;
  private final InstantSource clock;

  PublishApi(Bus bus, Optional<ApiKey> key, int maxBytes, InstantSource clock) {
    this.bus = bus;
    this.key = key;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  private record Answer(String channel, int bytes) {}

  void publish(Context ctx) {
    authorize(ctx);
    PublishRequest request = PublishRequest.parse(ctx.bodyAsBytes());
    publish(publication(request));
    ctx.json(new Answer(request.channel(), request.data().length));
  }

  private void authorize(Context ctx) {
    if (key.isEmpty()) {
      throw new ProblemException(403, "this server has no GATEWAY_API_KEY, so nobody may publish");
    }
    Optional<String> shown = BearerToken.in(ctx.header("Authorization"));
    if (shown.isEmpty()) {
      ctx.header("WWW-Authenticate", "Bearer");
      throw new ProblemException(401, "the GATEWAY_API_KEY is needed as a bearer token");
    }
    if (!key.get().matches(shown.get())) {
      ctx.header("WWW-Authenticate", "Bearer error=\"invalid_token\"");
      throw new ProblemException(401, "this is not the GATEWAY_API_KEY");
    }
  }

  private Publication publication(PublishRequest request) {
    if (request.data().length > maxBytes) {
      throw new ProblemException(413, "'data' has at most %d bytes".formatted(maxBytes));
    }
    try {
      String channel = Channel.of(request.channel()).name();
      return Publication.of(channel, request.data(), new Stamps(0, clock.millis()));
    } catch (InvalidNameException e) {
      throw new ProblemException(400, String.valueOf(e.getMessage()));
    }
  }

  private void publish(Publication publication) {
    try {
      bus.publish(List.of(publication))
          .toCompletableFuture()
          .orTimeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      throw new ProblemException(503, "the bus did not take the publication; it may be away");
    }
  }
}
