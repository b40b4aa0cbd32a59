package dev.tapeline.rest.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Answers requests that Jetty can't read, in place of its page, and counts them. */
public final class BadRequests implements Request.Handler {

  private final Counter counter;

  public BadRequests(MeterRegistry meters) {
    this.counter =
        Counter.builder("tapeline.rest.unreadable")
            .description("Requests that can't be read as HTTP/1.1")
            .register(meters);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    counter.increment();
    int status = response.getStatus();
    String title = HttpStatus.getMessage(status);
    String body =
        "{\"title\":\"%s\",\"status\":%d,\"detail\":\"the request can't be read\"}"
            .formatted(title, status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length());
    Content.Sink.write(response, true, body, callback);
    return true;
  }
}
