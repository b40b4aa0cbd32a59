package dev.tapeline.rest;

import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Stands where Javalin wants a session handler, and passes requests on without one: asking for a
 * session fails, a cookie that names one is not looked at, and none is ever set.
 */
final class NoSessions extends SessionHandler {

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Handler next = getHandler();
    return next != null && next.handle(request, response, callback);
  }
}
