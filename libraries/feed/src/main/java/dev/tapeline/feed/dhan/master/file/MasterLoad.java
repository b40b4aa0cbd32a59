package dev.tapeline.feed.dhan.master.file;

import dev.tapeline.feed.dhan.master.DhanMaster;

/** What became of an attempt to load the master of a day. */
public sealed interface MasterLoad {

  /** It is loaded, and kept on disk. */
  record Loaded(DhanMaster master) implements MasterLoad {}

  /**
   * It can't be used, and nothing has changed: the former file, if there is one, stays.
   *
   * @param reason in words for the operator
   */
  record Kept(String reason) implements MasterLoad {}
}
