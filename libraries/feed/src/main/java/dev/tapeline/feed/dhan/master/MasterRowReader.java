package dev.tapeline.feed.dhan.master;

import dev.tapeline.feed.dhan.master.MasterHeader.Column;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a row, and says why if it is none that can be used. Owned by one thread. */
final class MasterRowReader {

  private static final int PAISE = 2;

  private final MasterHeader header;
  private final CsvFields fields;
  private final LocalDate today;

  /**
   * Creates a reader.
   *
   * @param today what expires before it is left out
   */
  MasterRowReader(MasterHeader header, CsvFields fields, LocalDate today) {
    this.header = header;
    this.fields = fields;
    this.today = today;
  }

  /** Reads the row that the fields hold now. */
  RowOutcome read() {
    if (!header.isWidthOf(fields)) {
      return DropReason.COLUMNS;
    }
    MasterSegment segment = MasterSegment.of(text(Column.EXCH_ID), text(Column.SEGMENT));
    if (segment == null) {
      return withoutSegment();
    }
    MasterKind kind = kind();
    if (kind == null) {
      return isOption() ? DropReason.RIGHT : DropReason.KIND;
    }
    int id = MasterText.id(text(Column.SECURITY_ID));
    String ticker = ticker(kind);
    if (id < 0) {
      return DropReason.SECURITY_ID;
    } else if (ticker.isEmpty()) {
      return DropReason.SYMBOL;
    } else if (ticker.contains("NSETEST")) {
      return DropReason.TEST;
    }
    return kind.isDerivative()
        ? derivative(segment, id, kind, ticker)
        : row(segment, id, kind, ticker, null, null);
  }

  private DropReason withoutSegment() {
    boolean isCommodityOfNse =
        text(Column.EXCH_ID).equals("NSE") && text(Column.SEGMENT).equals("M");
    return isCommodityOfNse ? DropReason.NOT_IN_FEED : DropReason.SEGMENT;
  }

  private @Nullable MasterKind kind() {
    String instrument = text(Column.INSTRUMENT);
    return switch (instrument) {
      case "INDEX" -> MasterKind.INDEX;
      case "EQUITY" -> MasterKind.SHARE;
      case "FUTIDX", "FUTSTK", "FUTCUR", "FUTCOM" -> MasterKind.FUTURE;
      case "OPTIDX", "OPTSTK", "OPTCUR", "OPTFUT" -> MasterKind.ofOption(text(Column.OPTION_TYPE));
      default -> null;
    };
  }

  private boolean isOption() {
    return switch (text(Column.INSTRUMENT)) {
      case "OPTIDX", "OPTSTK", "OPTCUR", "OPTFUT" -> true;
      default -> false;
    };
  }

  private String ticker(MasterKind kind) {
    String text = text(Column.UNDERLYING_SYMBOL);
    return switch (kind) {
      case SHARE -> MasterText.ticker(text);
      case INDEX -> MasterText.indexTicker(text.isEmpty() ? text(Column.SYMBOL_NAME) : text);
      case FUTURE, CALL, PUT -> MasterText.indexTicker(text);
    };
  }

  private RowOutcome derivative(MasterSegment segment, int id, MasterKind kind, String ticker) {
    LocalDate expiry = MasterText.date(text(Column.SM_EXPIRY_DATE));
    if (expiry == null) {
      return DropReason.EXPIRY;
    } else if (expiry.isBefore(today)) {
      return DropReason.EXPIRED;
    }
    BigDecimal strike =
        kind.isOption() ? MasterText.positive(text(Column.STRIKE_PRICE)) : BigDecimal.ZERO;
    if (strike == null) {
      return DropReason.STRIKE;
    }
    return MasterText.positive(text(Column.LOT_SIZE)) == null
        ? DropReason.LOT
        : row(segment, id, kind, ticker, expiry, kind.isOption() ? strike : null);
  }

  private MasterRow row(
      MasterSegment segment,
      int id,
      MasterKind kind,
      String ticker,
      @Nullable LocalDate expiry,
      @Nullable BigDecimal strike) {
    return new MasterRow(
        segment,
        id,
        kind,
        ticker,
        shareId(),
        name(ticker),
        expiry,
        strike,
        MasterText.positive(text(Column.LOT_SIZE)),
        tick(kind),
        details());
  }

  private int shareId() {
    return switch (text(Column.INSTRUMENT)) {
      case "FUTSTK", "OPTSTK" -> MasterText.id(text(Column.UNDERLYING_SECURITY_ID));
      default -> -1;
    };
  }

  private String name(String ticker) {
    String display = MasterText.name(text(Column.DISPLAY_NAME));
    String name = display.isEmpty() ? MasterText.name(text(Column.SYMBOL_NAME)) : display;
    return name.isEmpty() ? ticker : name;
  }

  /** The tick size, which the file has in paise, but that of an index in rupees. */
  private @Nullable BigDecimal tick(MasterKind kind) {
    BigDecimal tick = MasterText.decimal(text(Column.TICK_SIZE));
    if (tick == null || tick.signum() < 0) {
      return null;
    }
    return kind == MasterKind.INDEX ? tick : MasterText.plain(tick.movePointLeft(PAISE));
  }

  private MasterDetails details() {
    return new MasterDetails(
        MasterText.orNone(text(Column.SERIES)),
        MasterText.orNone(text(Column.ISIN)),
        MasterText.orNone(text(Column.EXPIRY_FLAG)),
        MasterText.positive(text(Column.SM_LOWER_LIMIT)),
        MasterText.positive(text(Column.SM_UPPER_LIMIT)),
        MasterText.positive(text(Column.SM_FREEZE_QTY)));
  }

  private String text(Column column) {
    return header.text(fields, column);
  }
}
