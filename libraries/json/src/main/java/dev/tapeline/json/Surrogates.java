package dev.tapeline.json;

/** Halves of surrogate pairs, which JSON can escape but UTF-8 has no bytes for. */
public final class Surrogates {

  private Surrogates() {}

  /** The JSON text with each unpaired half escaped; these occur in strings only. */
  public static String escaped(String json) {
    int at = lone(json, 0);
    if (at == json.length()) {
      return json;
    }
    StringBuilder out = new StringBuilder(json.length() + 16);
    int from = 0;
    while (at < json.length()) {
      out.append(json, from, at).append("\\u%04x".formatted((int) json.charAt(at)));
      from = at + 1;
      at = lone(json, from);
    }
    return out.append(json, from, json.length()).toString();
  }

  /** The index of the next unpaired half; the text's length if there is none. */
  private static int lone(String text, int from) {
    int at = from;
    while (at < text.length()) {
      int character = text.codePointAt(at);
      if (character <= Character.MAX_VALUE && Character.isSurrogate((char) character)) {
        return at;
      }
      at += Character.charCount(character);
    }
    return at;
  }
}
