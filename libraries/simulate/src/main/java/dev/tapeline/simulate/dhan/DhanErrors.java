package dev.tapeline.simulate.dhan;

import dev.tapeline.simulate.net.HttpReply;
import dev.tapeline.simulate.net.Json;

/** Dhan's answers to requests that fail, in all of its shapes. */
final class DhanErrors {

  private static final String BLOCKING =
      "Too many requests. Further requests may result in the user being blocked.";

  private DhanErrors() {}

  /** The general shape: three texts. */
  static HttpReply general(int status, String type, String code, String message) {
    return HttpReply.json(
        status,
        Json.object().put("errorType", type).put("errorCode", code).put("errorMessage", message));
  }

  /** The shape of the data APIs: a number and a text in {@code data}. */
  static HttpReply data(int status, int code, String message) {
    var body = Json.object();
    body.putObject("data").put(Integer.toString(code), message);
    body.put("status", "failed");
    return HttpReply.json(status, body);
  }

  /** The data APIs' answer to too many calls, which has no status. */
  static HttpReply tooManyData() {
    var body = Json.object();
    body.putObject("data").put("805", BLOCKING);
    return HttpReply.json(429, body);
  }

  /** The answer of the others to too many calls. */
  static HttpReply tooMany() {
    return general(
        429,
        "Rate_Limit",
        "DH-904",
        "Too many requests on server from single user breaching rate limits.");
  }

  /** The gateway's answer to a path that it does not know. */
  static HttpReply gateway(String time, int status, String error, String path) {
    return HttpReply.json(
        status,
        Json.object()
            .put("timestamp", time)
            .put("status", status)
            .put("error", error)
            .put("path", path));
  }

  /** The shape that the portal documents. */
  static HttpReply portal(int status, String message) {
    return HttpReply.json(
        status,
        Json.object()
            .put("status", "failure")
            .put("errorType", "VALIDATION_ERROR")
            .put("errorCode", "E001")
            .put("errorMessage", message));
  }

  /** The refusal to make a token: a success by its status. */
  static HttpReply refusedToken(String message) {
    return HttpReply.json(200, Json.object().put("status", "error").put("message", message));
  }

  static HttpReply input(String message) {
    return general(400, "Input_Exception", "DH-905", message);
  }
}
