package dev.tapeline.feed.dhan.master;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The figures of many rows, as columns. Changed by the thread that builds a master only; then it
 * may be read from any thread.
 */
final class MasterColumns {

  /** The day on which expires what never does. */
  static final int NEVER = Integer.MAX_VALUE;

  private final Dictionary<BigDecimal> decimals;
  private final Dictionary<String> texts;
  private IntColumn segments = new IntColumn();
  private IntColumn ids = new IntColumn();
  private IntColumn kinds = new IntColumn();
  private IntColumn expiries = new IntColumn();
  private IntColumn strikes = new IntColumn();
  private IntColumn lots = new IntColumn();
  private IntColumn ticks = new IntColumn();
  private IntColumn series = new IntColumn();
  private IntColumn isins = new IntColumn();
  private IntColumn expiryFlags = new IntColumn();
  private IntColumn freezeQuantities = new IntColumn();
  private PriceColumn lowerLimits = new PriceColumn();
  private PriceColumn upperLimits = new PriceColumn();

  MasterColumns() {
    this(new Dictionary<>(), new Dictionary<>());
  }

  private MasterColumns(Dictionary<BigDecimal> decimals, Dictionary<String> texts) {
    this.decimals = decimals;
    this.texts = texts;
  }

  void add(MasterRow row) {
    segments.add(row.segment().number());
    ids.add(row.securityId());
    kinds.add(row.kind().number());
    LocalDate expiry = row.expiry();
    expiries.add(expiry == null ? NEVER : (int) expiry.toEpochDay());
    strikes.add(decimals.add(row.strike()));
    lots.add(decimals.add(row.lot()));
    ticks.add(decimals.add(row.tick()));
    add(row.details());
  }

  private void add(MasterDetails details) {
    series.add(texts.add(details.series()));
    isins.add(texts.add(details.isin()));
    expiryFlags.add(texts.add(details.expiryFlag()));
    freezeQuantities.add(decimals.add(details.freezeQuantity()));
    lowerLimits.add(details.lowerLimit());
    upperLimits.add(details.upperLimit());
  }

  /** The columns of these rows, in their order, with the same dictionaries. */
  MasterColumns pick(int[] rows) {
    MasterColumns picked = new MasterColumns(decimals, texts);
    picked.segments = segments.pick(rows);
    picked.ids = ids.pick(rows);
    picked.kinds = kinds.pick(rows);
    picked.expiries = expiries.pick(rows);
    picked.strikes = strikes.pick(rows);
    picked.lots = lots.pick(rows);
    picked.ticks = ticks.pick(rows);
    picked.series = series.pick(rows);
    picked.isins = isins.pick(rows);
    picked.expiryFlags = expiryFlags.pick(rows);
    picked.freezeQuantities = freezeQuantities.pick(rows);
    picked.lowerLimits = lowerLimits.pick(rows);
    picked.upperLimits = upperLimits.pick(rows);
    return picked;
  }

  int size() {
    return ids.size();
  }

  MasterSegment segment(int row) {
    return MasterSegment.of(segments.get(row));
  }

  int id(int row) {
    return ids.get(row);
  }

  MasterKind kind(int row) {
    return MasterKind.of(kinds.get(row));
  }

  /** The day since 1970 on which it expires; {@link #NEVER} for what does not. */
  int expiry(int row) {
    return expiries.get(row);
  }

  /** The strike of an option; null for other rows. */
  @Nullable BigDecimal strike(int row) {
    return decimals.get(strikes.get(row));
  }

  /** Whether the row has the strike of this number, as {@link #strikeNumber} tells it. */
  boolean isOfStrike(int row, int strike) {
    return strikes.get(row) == strike;
  }

  /** The number of a strike; 0, which no option has, if there is none of that strike. */
  int strikeNumber(BigDecimal strike) {
    return decimals.number(MasterText.plain(strike));
  }

  @Nullable BigDecimal lot(int row) {
    return decimals.get(lots.get(row));
  }

  /** The tick size in rupees; null if the file has none that can be read. */
  @Nullable BigDecimal tick(int row) {
    return decimals.get(ticks.get(row));
  }

  String series(int row) {
    return text(series.get(row));
  }

  MasterDetails details(int row) {
    return new MasterDetails(
        series(row),
        text(isins.get(row)),
        text(expiryFlags.get(row)),
        lowerLimits.get(row),
        upperLimits.get(row),
        decimals.get(freezeQuantities.get(row)));
  }

  private String text(int number) {
    return Objects.requireNonNull(texts.get(number));
  }

  /** Compares two rows by segment and security id, which are the parts of a key. */
  int compareKeys(int row, int other) {
    return compareKey(row, segment(other), ids.get(other));
  }

  /** Compares a row with a segment and a security id. */
  int compareKey(int row, MasterSegment segment, int id) {
    int bySegment = segment(row).compareTo(segment);
    return bySegment == 0 ? Integer.compare(ids.get(row), id) : bySegment;
  }
}
