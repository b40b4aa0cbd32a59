package dev.tapeline.feed.dhan.master;

import dev.tapeline.feed.dhan.master.MasterHeader.Column;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the detailed CSV file of the instrument master. Whatever the bytes are, it makes a master
 * of the rows that can be used, and a report of the rest. Used once, by the thread that reads.
 */
public final class MasterParser {

  /** Five times what the file has today. */
  static final int MAX_ROWS = 1_000_000;

  private final LineInput lines;
  private final LocalDate today;
  private final int maxRows;
  private final CsvFields fields = new CsvFields();
  private final MasterRows rows = new MasterRows();
  private final Map<DropReason, Integer> dropped = new EnumMap<>(DropReason.class);
  private int count;
  private @Nullable String problem;

  MasterParser(InputStream in, LocalDate today, int maxRows) {
    this.lines = new LineInput(in);
    this.today = today;
    this.maxRows = maxRows;
  }

  /**
   * Reads a file to its end; the caller closes it.
   *
   * @param today what expires before this day is left out
   * @throws IOException if the file can't be read
   */
  public static DhanMaster parse(InputStream in, LocalDate today) throws IOException {
    return new MasterParser(in, today, MAX_ROWS).parse();
  }

  DhanMaster parse() throws IOException {
    if (!lines.next()) {
      problem = "it is empty";
      return build();
    }
    fields.split(lines.bytes(), lines.length());
    MasterHeader header = MasterHeader.of(fields);
    Set<Column> missing = header.missing();
    if (!missing.isEmpty()) {
      problem = "its first line is no header of the master: it lacks " + missing;
      return build();
    }
    readRows(new MasterRowReader(header, fields, today));
    return build();
  }

  private void readRows(MasterRowReader reader) throws IOException {
    RowOutcome last = null;
    while (lines.next()) {
      if (lines.length() > 0 || lines.isTooLong()) {
        last = read(reader);
        count++;
        take(last);
      }
    }
    boolean isWhole = last == null || (lines.wasEnded() && last != DropReason.COLUMNS);
    problem = isWhole ? null : "it ends in the middle of a row";
  }

  private RowOutcome read(MasterRowReader reader) {
    if (lines.isTooLong()) {
      return DropReason.TOO_LONG;
    }
    fields.split(lines.bytes(), lines.length());
    return reader.read();
  }

  private void take(RowOutcome outcome) {
    switch (outcome) {
      case MasterRow row when rows.size() < maxRows -> rows.add(row);
      case MasterRow _ -> drop(DropReason.NO_ROOM, 1);
      case DropReason reason -> drop(reason, 1);
    }
  }

  private void drop(DropReason reason, int more) {
    if (more > 0) {
      dropped.merge(reason, more, Integer::sum);
    }
  }

  private DhanMaster build() {
    int[] byKey = rows.byKey();
    SymbolAssignment assignment = new SymbolAssignment(rows, byKey);
    drop(DropReason.DUPLICATE, rows.size() - byKey.length);
    drop(DropReason.SYMBOL, assignment.left());
    MasterTable table = new MasterTable(rows, assignment);
    MasterReport report =
        new MasterReport(
            count, table.size(), dropped, assignment.renamed(), table.withoutTick(), problem);
    return new DhanMaster(table, report);
  }
}
