package dev.tapeline.feed.dhan.master;

import dev.tapeline.market.instrument.Catalogue;
import dev.tapeline.market.instrument.Instrument;
import dev.tapeline.market.instrument.InstrumentQuery;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * All instruments that Dhan has on a day, from its instrument master. Some 200,000 take about 30
 * MB. It does not change, and may be used from any thread.
 */
public final class DhanMaster implements Catalogue {

  private final MasterReport report;
  private final MasterTable table;
  private final ChainIndex chains;
  private final MasterSearch search;

  /** The rows by segment and security id. */
  private final IntColumn byKey;

  DhanMaster(MasterTable table, MasterReport report) {
    this.report = report;
    this.table = table;
    this.chains = new ChainIndex(table);
    this.search = new MasterSearch(table, chains, this::rowOf);
    this.byKey = new IntColumn();
    IntStream.range(0, table.size())
        .boxed()
        .sorted(table.columns()::compareKeys)
        .forEach(byKey::add);
  }

  /** What was found in the file. */
  public MasterReport report() {
    return report;
  }

  @Override
  public Optional<Instrument> bySymbol(String symbol) {
    return instrument(table.find(symbol));
  }

  @Override
  public Optional<Instrument> byKey(String key) {
    return instrument(rowOf(key));
  }

  private Optional<Instrument> instrument(int row) {
    return row < 0 ? Optional.empty() : Optional.of(table.instrument(row));
  }

  /** What the master says of the instrument of this key beyond what every vendor does. */
  public Optional<MasterDetails> details(String key) {
    int row = rowOf(key);
    return row < 0 ? Optional.empty() : Optional.of(table.columns().details(row));
  }

  /** The row of a key; negative if there is none. */
  private int rowOf(String key) {
    int colon = key.indexOf(':');
    MasterSegment segment = colon < 0 ? null : MasterSegment.named(key.substring(0, colon));
    int id = MasterText.id(key.substring(colon + 1));
    return segment == null || id < 0 ? -1 : rowOf(segment, id);
  }

  private int rowOf(MasterSegment segment, int id) {
    int low = 0;
    int high = byKey.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int difference = table.columns().compareKey(byKey.get(middle), segment, id);
      if (difference == 0) {
        return byKey.get(middle);
      } else if (difference < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  @Override
  public List<Instrument> search(InstrumentQuery query, int limit) {
    return search.search(query, limit).mapToObj(table::instrument).toList();
  }

  @Override
  public List<LocalDate> expiries(String underlying) {
    return chains.expiries(table.underlyingNumber(underlying.toUpperCase(Locale.ROOT)));
  }

  @Override
  public int size() {
    return table.size();
  }
}
