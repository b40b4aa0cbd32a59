package dev.tapeline.feed.dhan.rest;

import dev.tapeline.feed.dhan.rest.DhanAnswer.Failure;
import dev.tapeline.feed.dhan.rest.DhanAnswer.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tells success from failure in an answer: the vendor has five forms of errors, two with 200. */
public final class AnswerParser {

  static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final int MAX_TEXT = 500;
  private static final Pattern TOKEN = Pattern.compile("[\\w-]{10,}\\.[\\w-]{10,}\\.[\\w-]*");
  private static final Set<String> FAILED = Set.of("failed", "failure", "error");

  private AnswerParser() {}

  public static DhanAnswer parse(int status, byte[] body) {
    JsonNode json = json(body);
    if (json == null) {
      return notJson(status, new String(body, StandardCharsets.UTF_8).strip());
    }
    Failure failure = failure(status, json);
    if (failure != null) {
      return isNoData(failure) ? new DhanAnswer.NoData(failure.text()) : failure;
    }
    JsonNode data = json.get("data");
    boolean enveloped = data != null && (json.has("status") || json.size() == 1);
    return new DhanAnswer.Success(enveloped ? data : json);
  }

  private static @Nullable JsonNode json(byte[] body) {
    try {
      JsonNode json = JSON.readTree(body);
      return json == null || json.isMissingNode() || !json.isContainer() ? null : json;
    } catch (JacksonException _) {
      return null; // told as NOT_JSON
    }
  }

  private static Failure notJson(int status, String text) {
    Kind kind = kindOf(status);
    boolean told = kind != Kind.REFUSED && kind != Kind.INPUT;
    return new Failure(
        told ? kind : Kind.NOT_JSON, "HTTP " + status, text.isEmpty() ? "empty" : clean(text));
  }

  private static @Nullable Failure failure(int status, JsonNode json) {
    JsonNode said = json.isArray() ? json.path(0) : json;
    String code = text(said, "errorCode");
    String message = text(said, "errorMessage");
    if (!code.isEmpty() || !message.isEmpty()) {
      return failed(status, code, message);
    }
    JsonNode data = said.path("data");
    String numeric = numericCode(data);
    if (numeric != null) {
      return failed(status, numeric, text(data, numeric));
    } else if (FAILED.contains(text(said, "status").toLowerCase(Locale.ROOT)) || status >= 300) {
      return failed(status, "", firstText(said));
    }
    return null;
  }

  /** The only key of an object if it is one of the vendor's numbers of errors, else null. */
  private static @Nullable String numericCode(JsonNode data) {
    String found = null;
    for (String key : data.propertyNames()) {
      if (!key.matches("8\\d\\d")) {
        return null;
      }
      found = found == null ? key : found;
    }
    return found;
  }

  private static String firstText(JsonNode said) {
    for (String name : new String[] {"message", "remarks", "error"}) {
      String text = text(said, name);
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  private static Failure failed(int status, String code, String message) {
    return new Failure(
        kindOf(status, code, message),
        code.isEmpty() ? "HTTP " + status : clean(code),
        clean(message));
  }

  private static Kind kindOf(int status, String code, String message) {
    String text = message.toLowerCase(Locale.ROOT);
    if (text.contains("invalid token") || text.contains("token expired")) {
      return Kind.AUTH; // whatever the code is: a dead session answers DH-906
    }
    return switch (code) {
      case "DH-901", "807", "808", "809", "810" -> Kind.AUTH;
      case "DH-902", "DH-903", "806", "820", "821" -> Kind.PLAN;
      case "DH-904", "805" -> Kind.RATE;
      case "DH-905", "DH-906", "DH-911", "804", "811", "812", "813", "814" -> Kind.INPUT;
      case "DH-907", "DH-908", "DH-909", "DH-910", "800" -> Kind.VENDOR;
      default -> kindOf(status);
    };
  }

  private static Kind kindOf(int status) {
    return switch (status) {
      case 401, 403 -> Kind.AUTH;
      case 429 -> Kind.RATE;
      case 400, 404, 405 -> Kind.INPUT;
      default -> status >= 500 ? Kind.VENDOR : Kind.REFUSED;
    };
  }

  private static boolean isNoData(Failure failure) {
    return failure.code().equals("DH-1111") || failure.text().contains("no data present");
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.isValueNode() && !value.isNull() ? value.asString().strip() : "";
  }

  /** Cuts a text short, and takes out what may be a token. */
  static String clean(String text) {
    String cut = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    return TOKEN.matcher(cut).replaceAll("***");
  }
}
