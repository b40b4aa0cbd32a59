package dev.tapeline.rest.http;

import java.time.Duration;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * HTTP connections with a time limit for the whole head of a request. Jetty itself only ends
 * connections that are idle for a while.
 */
final class TimedHeads extends HttpConnectionFactory {

  private final Duration limit;

  TimedHeads(HttpConfiguration http, Duration limit) {
    super(http);
    this.limit = limit;
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    Timed connection = new Timed(getHttpConfiguration(), connector, endPoint);
    return configure(connection, connector, endPoint);
  }

  /** Checks the time whenever bytes arrive. */
  private final class Timed extends HttpConnection {

    private long requests = -1;
    private long begunNanos;

    Timed(HttpConfiguration http, Connector connector, EndPoint endPoint) {
      super(http, connector, endPoint);
    }

    @Override
    public void onFillable() {
      super.onFillable();
      HttpParser parser = getParser();
      if (!parser.inHeaderState() || parser.isStart()) {
        requests = -1;
      } else if (requests != getMessagesIn()) { // a head that has just begun
        requests = getMessagesIn();
        begunNanos = System.nanoTime();
      } else if (System.nanoTime() - begunNanos > limit.toNanos()) {
        getEndPoint().close();
      }
    }
  }
}
