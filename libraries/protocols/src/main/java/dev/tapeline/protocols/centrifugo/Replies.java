package dev.tapeline.protocols.centrifugo;

import dev.tapeline.hub.frame.Frame;
import dev.tapeline.hub.lane.Session;
import dev.tapeline.json.Json;
import dev.tapeline.protocols.spi.RejectedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The answers to one client's commands, under their numbers. Owned by its lane. */
final class Replies {

  private final Session session;

  Replies(Session session) {
    this.session = session;
  }

  void result(long id, String method, ObjectNode result) {
    ObjectNode reply = Json.mapper().createObjectNode().put("id", id);
    reply.set(method, result);
    send(Frame.of(Json.bytes(reply)));
  }

  void done(long id, String method) {
    result(id, method, Json.mapper().createObjectNode());
  }

  void error(long id, RejectedException why) {
    error(id, ErrorCode.of(why), why.getMessage());
  }

  void error(long id, ErrorCode code, @Nullable String text) {
    ObjectNode reply = Json.mapper().createObjectNode().put("id", id);
    ObjectNode error = reply.putObject("error").put("code", code.number()).put("message", text);
    if (code.isTemporary()) {
      error.put("temporary", true);
    }
    send(Frame.of(Json.bytes(reply)));
  }

  /** Sends a reply that is encoded already. */
  void send(Frame frame) {
    session.send(frame);
    session.flush();
  }
}
