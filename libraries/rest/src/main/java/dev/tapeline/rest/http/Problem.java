package dev.tapeline.rest.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;

/** The description of a failed request, sent to the caller as a document of RFC 9457. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String title, int status, String detail, List<String> reasons) {

  public static final String CONTENT_TYPE = "application/problem+json";

  public static Problem of(int status, String detail) {
    return new Problem(HttpStatus.forStatus(status).getMessage(), status, detail, List.of());
  }

  public void send(Context ctx) {
    ctx.status(status).json(this).contentType(CONTENT_TYPE).header("Cache-Control", "no-store");
  }
}
