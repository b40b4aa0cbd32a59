package dev.tapeline.feed.dhan.master;

import dev.tapeline.market.instrument.Instrument.Right;
import dev.tapeline.market.instrument.InstrumentQuery;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Searches a table, with the ranks and the order that {@link InstrumentQuery#best} documents. A
 * text is looked for in all symbols and all names at once, a rank after the other, until there are
 * enough; but where the underlying is given, only in its rows. It does not change, and may be used
 * from any thread.
 */
final class MasterSearch {

  private static final int EXACT = 0;
  private static final int SYMBOL_PREFIX = 1;
  private static final int WORD_PREFIX = 2;
  private static final int SYMBOL_PART = 3;
  private static final int NAME_PART = 4;
  private static final int NONE = 5;

  private final MasterTable table;
  private final MasterColumns columns;
  private final ChainIndex chains;
  private final ToIntFunction<String> byKey;

  /**
   * Creates a search.
   *
   * @param byKey finds the row of a key; negative if there is none
   */
  MasterSearch(MasterTable table, ChainIndex chains, ToIntFunction<String> byKey) {
    this.table = table;
    this.columns = table.columns();
    this.chains = chains;
    this.byKey = byKey;
  }

  /** The first rows that the query asks for. */
  IntStream search(InstrumentQuery query, int limit) {
    String text = query.text();
    if (text.indexOf('\n') >= 0) {
      return IntStream.empty(); // no symbol and no name has it, and it parts the texts of rows
    }
    IntPredicate terms = terms(query);
    String underlying = query.underlying();
    if (underlying == null && !query.isOrderedByTerms()) {
      return byText(text, terms, limit);
    }
    IntStream rows =
        underlying == null ? chains.all() : chains.of(table.underlyingNumber(underlying));
    IntStream found = rows.filter(terms);
    return text.isEmpty() ? found.limit(limit) : ranked(found, text, limit);
  }

  /** Whether a row has the terms, but for the underlying. */
  private IntPredicate terms(InstrumentQuery query) {
    IntPredicate terms =
        query.withDerivatives() ? _ -> true : row -> !columns.kind(row).isDerivative();
    LocalDate expiry = query.expiry();
    if (expiry != null) {
      long day = expiry.toEpochDay();
      terms = terms.and(row -> columns.expiry(row) == day);
    }
    BigDecimal strike = query.strike();
    if (strike != null) {
      int number = columns.strikeNumber(strike);
      terms = terms.and(row -> number != Dictionary.NONE && columns.isOfStrike(row, number));
    }
    Right right = query.right();
    if (right != null) {
      MasterKind kind = right == Right.CALL ? MasterKind.CALL : MasterKind.PUT;
      terms = terms.and(row -> columns.kind(row) == kind);
    }
    return terms;
  }

  private IntStream ranked(IntStream rows, String text, int limit) {
    BestRows best = new BestRows(table.symbols(), _ -> true, limit);
    int keyed = byKey.applyAsInt(text);
    rows.forEach(row -> {
      int rank = row == keyed ? EXACT : rank(row, text);
      if (rank != NONE) {
        best.add(rank, row);
      }
    });
    return best.inOrder();
  }

  private int rank(int row, String text) {
    if (table.symbols().isBeginning(row, text)) {
      return table.symbols().length(row) == text.length() ? EXACT : SYMBOL_PREFIX;
    }
    if (table.names().isPart(row, ' ' + text)) {
      return WORD_PREFIX;
    }
    if (table.symbols().isPart(row, text)) {
      return SYMBOL_PART;
    }
    return table.names().isPart(row, text) ? NAME_PART : NONE;
  }

  private IntStream byText(String text, IntPredicate terms, int limit) {
    BestRows best = new BestRows(table.symbols(), terms, limit);
    addIfFound(best, table.find(text));
    addIfFound(best, byKey.applyAsInt(text));
    int end = table.firstFrom(text + Character.MAX_VALUE);
    for (int row = table.firstFrom(text); row < end; row++) {
      best.add(SYMBOL_PREFIX, row);
    }
    addParts(best, WORD_PREFIX, table.names(), ' ' + text);
    addParts(best, SYMBOL_PART, table.symbols(), text);
    addParts(best, NAME_PART, table.names(), text);
    return best.inOrder();
  }

  private static void addIfFound(BestRows best, int row) {
    if (row >= 0) {
      best.add(EXACT, row);
    }
  }

  private static void addParts(BestRows best, int rank, TextColumn texts, String part) {
    if (best.isFull()) {
      return;
    }
    for (int row = texts.next(part, 0); row < texts.size(); row = texts.next(part, row + 1)) {
      best.add(rank, row);
    }
  }
}
