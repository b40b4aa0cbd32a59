package dev.tapeline.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tapeline.access.policy.Identity;
import dev.tapeline.core.Bus;
import dev.tapeline.core.Channel;
import dev.tapeline.core.InvalidNameException;
import dev.tapeline.core.Position;
import dev.tapeline.core.Publication;
import dev.tapeline.core.Stamps;
import dev.tapeline.core.WritesRefusedException;
import dev.tapeline.rest.http.Bodies;
import dev.tapeline.rest.http.CallRates;
import dev.tapeline.rest.http.Guard;
import dev.tapeline.rest.http.ProblemException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The call that publishes, for the holder of the {@code GATEWAY_API_KEY} and for roles whose rules
 * allow it.
 */
final class PublishApi {

  private static final long LIMIT_MILLIS = 2_000;

  private final Bus bus;
  private final Guard guard;
  private final CallRates pace;
  private final Bodies bodies;
  private final int maxBytes;
  private final InstantSource clock;

  PublishApi(
      Bus bus, Guard guard, CallRates pace, Bodies bodies, int maxBytes, InstantSource clock) {
    this.bus = bus;
    this.guard = guard;
    this.pace = pace;
    this.bodies = bodies;
    this.maxBytes = maxBytes;
    this.clock = clock;
  }

  /** Adds its paths. */
  void addTo(RoutesConfig routes) {
    routes.post("/api/v1/publish", this::publish);
  }

  /** Where the log of a durable channel has put it. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Answer(String channel, int bytes, @Nullable String epoch, @Nullable Long seq) {}

  private void publish(Context ctx) {
    Identity caller = guard.identify(ctx);
    guard.mayPublishSomewhere(ctx, caller);
    pace.count(ctx, caller, guard.limits(caller));
    try (Bodies.Body body = bodies.read(ctx)) {
      publish(ctx, caller, PublishRequest.parse(body.bytes()));
    }
  }

  private void publish(Context ctx, Identity caller, PublishRequest request) {
    Publication publication = publication(request);
    guard.mayPublish(ctx, caller, Channel.of(publication.channel()));
    Position place = publish(publication).orElse(null);
    ctx.json(
        new Answer(
            request.channel(),
            request.data().length,
            place == null ? null : place.epoch(),
            place == null ? null : place.seq()));
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

  private Optional<Position> publish(Publication publication) {
    try {
      return bus.publish(publication)
          .toCompletableFuture()
          .orTimeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS)
          .join();
    } catch (CompletionException e) {
      throw new ProblemException(
          503,
          WritesRefusedException.messageIn(e)
              .map(why -> "the bus did not take the publication: " + why)
              .orElse("the bus did not take the publication; it may be away"));
    }
  }
}
