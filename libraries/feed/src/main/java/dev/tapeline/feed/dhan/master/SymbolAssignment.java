package dev.tapeline.feed.dhan.master;

import dev.tapeline.market.instrument.Reference;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives each row its symbol, and derivatives that of their underlying.
 *
 * <p>Indices and shares of NSE have their ticker: {@code NIFTY}, {@code RELIANCE}. Where a ticker
 * is traded in several series, the main one has it, and the others are {@code TICKER-SERIES}.
 * Shares of BSE are {@code RELIANCE.BSE}, futures {@code NIFTY-20261229-FUT}, options {@code
 * NIFTY-20261208-26000-CE}. A row whose symbol is taken gets a suffix: {@code .BSE} if it is a
 * derivative of BSE, else its segment, and then its security id as well. Rows come by segment and
 * security id, so that the same rows have the same symbols in whatever order a file has them. Owned
 * by the thread that builds a master.
 */
final class SymbolAssignment {

  /** The series that a share can be the main one of, the likeliest first. */
  private static final List<String> MAIN_SERIES = List.of("EQ", "BE", "BZ", "SM", "ST", "SZ");

  private static final int CONTESTED = -1;
  private static final String BSE = ".BSE";

  private final MasterRows rows;
  private final MasterColumns columns;
  private final int[] byKey;
  private final Map<String, Integer> mainRows = new HashMap<>();
  private final Map<Long, String> shares = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final @Nullable String[] symbols;
  private final @Nullable String[] underlyings;
  private int renamed;
  private int left;

  /**
   * Gives the symbols.
   *
   * @param byKey the rows by segment and security id, each key once
   */
  SymbolAssignment(MasterRows rows, int[] byKey) {
    this.rows = rows;
    this.columns = rows.columns();
    this.byKey = byKey;
    this.symbols = new String[rows.size()];
    this.underlyings = new String[rows.size()];
    findMainRows();
    for (int row : byKey) {
      assign(row);
    }
  }

  private void findMainRows() {
    for (int row : byKey) {
      if (columns.segment(row) == MasterSegment.NSE_EQ) {
        mainRows.merge(rows.ticker(row), row, this::main);
      }
    }
  }

  private int main(int known, int row) {
    int best = known == CONTESTED ? MAIN_SERIES.size() : seriesRank(known);
    int rank = seriesRank(row);
    if (rank < best) {
      return row;
    }
    return rank == best && rank == MAIN_SERIES.size() ? CONTESTED : known;
  }

  private int seriesRank(int row) {
    int rank = MAIN_SERIES.indexOf(columns.series(row));
    return rank < 0 ? MAIN_SERIES.size() : rank;
  }

  private void assign(int row) {
    List<String> candidates = candidates(row);
    for (String candidate : candidates) {
      if (Reference.isValidPart(candidate) && taken.add(candidate)) {
        accept(row, candidate);
        renamed += candidate.equals(candidates.getFirst()) ? 0 : 1;
        return;
      }
    }
    left++;
  }

  private void accept(int row, String symbol) {
    symbols[row] = symbol;
    if (columns.kind(row).isDerivative()) {
      underlyings[row] = underlyingOf(row);
    } else if (columns.kind(row) == MasterKind.SHARE) {
      shares.put(shareKey(columns.segment(row), columns.id(row)), symbol);
    }
  }

  /** The symbols that a row can have, the best first. */
  private List<String> candidates(int row) {
    MasterSegment segment = columns.segment(row);
    String symbol = plainSymbol(row);
    List<String> candidates = new ArrayList<>(List.of(symbol));
    if (segment.isOfBse() && columns.kind(row).isDerivative()) {
      candidates.add(symbol + BSE);
    }
    candidates.add(symbol + '.' + segment);
    candidates.add(symbol + '.' + segment + '.' + columns.id(row));
    return candidates;
  }

  private String plainSymbol(int row) {
    String ticker = rows.ticker(row);
    return switch (columns.kind(row)) {
      case INDEX -> ticker;
      case SHARE -> columns.segment(row).isOfBse() ? ticker + BSE : shareOfNse(row, ticker);
      case FUTURE -> ticker + '-' + date(row) + "-FUT";
      case CALL -> ticker + '-' + date(row) + '-' + strike(row) + "-CE";
      case PUT -> ticker + '-' + date(row) + '-' + strike(row) + "-PE";
    };
  }

  private String shareOfNse(int row, String ticker) {
    String series = MasterText.ticker(columns.series(row));
    boolean isMain = Integer.valueOf(row).equals(mainRows.get(rows.ticker(row)));
    return isMain || series.isEmpty() ? ticker : ticker + '-' + series;
  }

  private String date(int row) {
    return LocalDate.ofEpochDay(columns.expiry(row)).format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private String strike(int row) {
    BigDecimal strike = Objects.requireNonNull(columns.strike(row));
    return strike.toPlainString();
  }

  /**
   * The symbol of the share, where the file has one of that id; else what it would be. An index, a
   * commodity and a currency are known by their names: their ids are not those of the feed.
   */
  private String underlyingOf(int row) {
    String ticker = rows.ticker(row);
    int shareId = rows.shareId(row);
    if (shareId < 0) {
      return ticker;
    }
    boolean isOfBse = columns.segment(row).isOfBse();
    MasterSegment segment = isOfBse ? MasterSegment.BSE_EQ : MasterSegment.NSE_EQ;
    String share = shares.get(shareKey(segment, shareId));
    return share != null && share.startsWith(ticker) ? share : isOfBse ? ticker + BSE : ticker;
  }

  private static long shareKey(MasterSegment segment, int id) {
    return (long) segment.number() << Integer.SIZE | id;
  }

  /** The symbol of a row; null if no symbol is left for it. */
  @Nullable String symbol(int row) {
    return symbols[row];
  }

  /** The symbol of the underlying of a derivative; null for other rows. */
  @Nullable String underlying(int row) {
    return underlyings[row];
  }

  /** How many rows have a suffix because their symbol was taken. */
  int renamed() {
    return renamed;
  }

  /** How many rows have no symbol. */
  int left() {
    return left;
  }
}
