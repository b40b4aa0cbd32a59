package dev.tapeline.server.cli;

import dev.tapeline.redis.RedisFinding;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * What one look of the doctor has shown.
 *
 * @param remedy how to mend it; empty if all is well
 */
record Finding(String subject, Level level, String text, String remedy) {

  enum Level {
    OK,
    WARN,
    FAIL
  }

  static Finding ok(String subject, String text) {
    return new Finding(subject, Level.OK, text, "");
  }

  static Finding warn(String subject, String text, String remedy) {
    return new Finding(subject, Level.WARN, text, remedy);
  }

  static Finding fail(String subject, String text, String remedy) {
    return new Finding(subject, Level.FAIL, text, remedy);
  }

  static Finding of(RedisFinding finding) {
    Level level =
        switch (finding.level()) {
          case OK -> Level.OK;
          case WARN -> Level.WARN;
          case FAIL -> Level.FAIL;
        };
    return new Finding("redis " + finding.subject(), level, finding.text(), finding.remedy());
  }

  void print(PrintWriter out) {
    String word = level == Level.OK ? "ok" : level.name();
    out.println(String.format(Locale.ROOT, "%-5s %s: %s", word, subject, text));
    if (!remedy.isEmpty()) {
      out.println("      to mend: " + remedy);
    }
  }
}
