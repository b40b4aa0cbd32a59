package dev.tapeline.rest.history;

import dev.tapeline.rest.http.ProblemException;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;

/** The forms of an answer. */
enum AnswerForm {
  JSON("application/json"),
  CSV("text/csv"),
  ARROW("application/vnd.apache.arrow.stream");

  private final String type;

  AnswerForm(String type) {
    this.type = type;
  }

  /** Answers a call with a page in this form. */
  void send(Context caller, AnswerPage page) {
    caller.contentType(type);
    switch (this) {
      case JSON -> caller.result(page.json());
      case CSV -> caller.result(page.csv());
      case ARROW -> caller.result(page.arrow().toStream());
    }
  }

  /** The form that the caller accepts first of those that there are; JSON for one who takes any. */
  static AnswerForm of(Context caller) {
    String accepted = caller.header("Accept");
    if (accepted == null || accepted.isBlank()) {
      return JSON;
    }
    for (String part : List.of(accepted.split(",", -1))) {
      String media = part.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
      for (AnswerForm form : values()) {
        if (media.equals(form.type)) {
          return form;
        }
      }
      if (media.equals("*/*") || media.equals("application/*")) {
        return JSON;
      }
      if (media.equals("text/*")) {
        return CSV;
      }
    }
    throw new ProblemException(
        406, "accept %s, %s or %s".formatted(JSON.type, CSV.type, ARROW.type));
  }
}
