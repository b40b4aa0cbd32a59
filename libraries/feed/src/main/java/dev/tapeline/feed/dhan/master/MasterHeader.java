package dev.tapeline.feed.dhan.master;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Where the columns are. The vendor's documents and files have them in different orders, so that
 * they are found by name. May be used from any thread.
 */
final class MasterHeader {

  /** The columns that are read, by the name that the file gives them. */
  enum Column {
    EXCH_ID,
    SEGMENT,
    SECURITY_ID,
    INSTRUMENT,
    UNDERLYING_SYMBOL,
    LOT_SIZE,
    SM_EXPIRY_DATE,
    STRIKE_PRICE,
    OPTION_TYPE,
    TICK_SIZE,
    UNDERLYING_SECURITY_ID,
    SYMBOL_NAME,
    DISPLAY_NAME,
    ISIN,
    SERIES,
    EXPIRY_FLAG,
    SM_UPPER_LIMIT,
    SM_LOWER_LIMIT,
    SM_FREEZE_QTY
  }

  private static final Set<Column> REQUIRED = EnumSet.range(Column.EXCH_ID, Column.TICK_SIZE);

  private final Map<Column, Integer> positions = new EnumMap<>(Column.class);
  private final int columns;

  private final boolean endsInComma;

  private MasterHeader(int columns, boolean endsInComma) {
    this.columns = columns;
    this.endsInComma = endsInComma;
  }

  /** Finds the columns in the first line of a file. */
  static MasterHeader of(CsvFields fields) {
    int count = Math.min(fields.count(), CsvFields.MAX);
    Map<String, Integer> names = new HashMap<>();
    for (int i = 0; i < count; i++) {
      names.putIfAbsent(name(fields.text(i)), i);
    }
    boolean endsInComma = count > 0 && fields.isEmpty(count - 1);
    MasterHeader header = new MasterHeader(endsInComma ? count - 1 : count, endsInComma);
    for (Column column : Column.values()) {
      Integer position = names.get(column.name());
      if (position != null) {
        header.positions.put(column, position);
      }
    }
    return header;
  }

  /** The name without the mark that some files begin with. */
  private static String name(String text) {
    String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return plain.strip().toUpperCase(Locale.ROOT);
  }

  /** The columns without which no row can be read, as far as the file lacks them. */
  Set<Column> missing() {
    Set<Column> missing = EnumSet.copyOf(REQUIRED);
    missing.removeAll(positions.keySet());
    return missing;
  }

  /**
   * Whether a row has as many columns. The file ends its lines in a comma; a row may do so where
   * the header does not, and the other way round.
   */
  boolean isWidthOf(CsvFields fields) {
    int count = fields.count();
    boolean hasComma = count > 0 && count <= CsvFields.MAX && fields.isEmpty(count - 1);
    boolean isOneMore = count == columns + 1;
    if (hasComma && endsInComma) {
      return isOneMore;
    }
    return count == columns || (hasComma && isOneMore);
  }

  /** The text in a column of a row of the right width; empty if the file does not have it. */
  String text(CsvFields fields, Column column) {
    Integer position = positions.get(column);
    return position == null ? "" : fields.text(position);
  }
}
