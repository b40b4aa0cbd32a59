package dev.tapeline.bench.packets;

import dev.tapeline.bench.dhan.SamplePackets.Books;
import dev.tapeline.feed.Detail;
import dev.tapeline.feed.dhan.packet.FeedMode;

/** What is measured apart: a kind of packets, full ones with two sorts of books. */
enum PacketKind {
  TICKER("ticker", FeedMode.TICKER, Detail.PRICE, Books.MOVING),
  QUOTE("quote", FeedMode.QUOTE, Detail.QUOTE, Books.MOVING),
  FULL("full", FeedMode.FULL, Detail.BOOK, Books.MOVING),
  FULL_AT_RANDOM("full, all levels new", FeedMode.FULL, Detail.BOOK, Books.RANDOM);

  private final String text;
  private final FeedMode mode;
  private final Detail detail;
  private final Books books;

  PacketKind(String text, FeedMode mode, Detail detail, Books books) {
    this.text = text;
    this.mode = mode;
    this.detail = detail;
    this.books = books;
  }

  String text() {
    return text;
  }

  FeedMode mode() {
    return mode;
  }

  Detail detail() {
    return detail;
  }

  Books books() {
    return books;
  }
}
