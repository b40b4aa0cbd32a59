package dev.tapeline.feed.instruments;

import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lists of instruments as JSON, for other nodes of the same system and for recordings. Safe for all
 * threads.
 */
public final class InstrumentJson {

  private final JsonMapper json = new JsonMapper();

  public String write(List<Instrument> instruments) {
    return json.writeValueAsString(tree(instruments));
  }

  /** The list as a part of more JSON. */
  public ArrayNode tree(List<Instrument> instruments) {
    ArrayNode list = json.createArrayNode();
    for (Instrument instrument : instruments) {
      ObjectNode node = list.addObject();
      node.put("type", instrument.type())
          .put("symbol", instrument.symbol())
          .put("segment", instrument.segment())
          .put("securityId", instrument.securityId())
          .put("name", instrument.name())
          .put("tickSize", instrument.tickSize().toPlainString());
      addTerms(node, instrument);
    }
    return list;
  }

  private static void addTerms(ObjectNode node, Instrument instrument) {
    switch (instrument) {
      case Instrument.Option option ->
          node.put("underlying", option.underlying())
              .put("expiry", option.expiry().toString())
              .put("strike", option.strike().toPlainString())
              .put("right", option.right().name().toLowerCase(Locale.ROOT))
              .put("lot", option.lot().toPlainString());
      case Instrument.Future future ->
          node.put("underlying", future.underlying())
              .put("expiry", future.expiry().toString())
              .put("lot", future.lot().toPlainString());
      case Instrument.Index _, Instrument.Share _, Instrument.Pair _ -> {}
    }
  }

  /**
   * Reads what {@link #write} has written, by this version or another one: an instrument of a type
   * that this version does not know is left out.
   *
   * @throws IllegalArgumentException if the text is no such list
   */
  public List<Instrument> read(String text) {
    try {
      return listOf(json.readTree(text));
    } catch (JacksonException | DateTimeException e) {
      throw new IllegalArgumentException("no list of instruments: " + e.getMessage(), e);
    }
  }

  /**
   * Reads what {@link #tree} has made.
   *
   * @throws IllegalArgumentException if it is no such list
   */
  public List<Instrument> read(JsonNode list) {
    try {
      return listOf(list);
    } catch (JacksonException | DateTimeException e) {
      throw new IllegalArgumentException("no list of instruments: " + e.getMessage(), e);
    }
  }

  private static List<Instrument> listOf(JsonNode list) {
    if (!list.isArray()) {
      throw new IllegalArgumentException("no list of instruments");
    }
    List<Instrument> instruments = new ArrayList<>();
    for (JsonNode node : list) {
      Reference reference =
          new Reference(
              node.path("symbol").asString(),
              node.path("segment").asString(),
              node.path("securityId").asString(),
              node.path("name").asString(),
              decimal(node, "tickSize"));
      switch (node.path("type").asString()) {
        case "index" -> instruments.add(new Instrument.Index(reference));
        case "share" -> instruments.add(new Instrument.Share(reference));
        case "pair" -> instruments.add(new Instrument.Pair(reference));
        case "future" -> instruments.add(future(reference, node));
        case "option" -> instruments.add(option(reference, node));
        default -> {}
      }
    }
    return instruments;
  }

  private static Instrument future(Reference reference, JsonNode node) {
    return new Instrument.Future(
        reference, node.path("underlying").asString(), expiry(node), decimal(node, "lot"));
  }

  private static Instrument option(Reference reference, JsonNode node) {
    return new Instrument.Option(
        reference,
        node.path("underlying").asString(),
        expiry(node),
        decimal(node, "strike"),
        Instrument.Right.valueOf(node.path("right").asString().toUpperCase(Locale.ROOT)),
        decimal(node, "lot"));
  }

  private static LocalDate expiry(JsonNode node) {
    return LocalDate.parse(node.path("expiry").asString());
  }

  private static BigDecimal decimal(JsonNode node, String name) {
    return new BigDecimal(node.path(name).asString());
  }
}
