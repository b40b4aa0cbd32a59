package dev.tapeline.chaos.fault;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** The slots and replicas of a cluster, as one node reports them. */
record SlotMap(List<Row> rows) {

  private static final int FIRST_SLOT = 8;

  SlotMap {
    rows = List.copyOf(rows);
  }

  /** One node. */
  record Row(String id, int port, List<String> flags, String master, List<String> slots) {

    Row {
      flags = List.copyOf(flags);
      slots = List.copyOf(slots);
    }

    /** {@code ID IP:PORT@BUS,HOST FLAGS MASTER PING PONG EPOCH LINK SLOTS…} */
    static Row parse(String line) {
      String[] parts = line.split(" ", -1);
      String port = parts[1].replaceAll("^.*:(\\d+)@.*$", "$1");
      return new Row(
          parts[0],
          Integer.parseInt(port),
          List.of(parts[2].split(",", -1)),
          parts[3],
          Arrays.asList(parts).subList(FIRST_SLOT, parts.length));
    }

    boolean owns(int slot) {
      return slots.stream().filter(text -> !text.startsWith("[")).anyMatch(text -> in(text, slot));
    }

    private static boolean in(String range, int slot) {
      String[] ends = range.split("-", -1);
      return Integer.parseInt(ends[0]) <= slot && slot <= Integer.parseInt(ends[ends.length - 1]);
    }

    boolean isSound() {
      return flags.stream().noneMatch(flag -> flag.startsWith("fail") || flag.equals("noaddr"));
    }

    /** Whether it is a master that has slots. */
    boolean hasSlots() {
      return !slots.isEmpty();
    }
  }

  /**
   * Reads it.
   *
   * @param answer to {@code CLUSTER NODES}; an error or nothing is a map without nodes
   */
  static SlotMap parse(String answer) {
    return new SlotMap(answer.lines().filter(line -> line.contains("@")).map(Row::parse).toList());
  }

  OptionalInt ownerOf(int slot) {
    return rows.stream().filter(row -> row.owns(slot)).mapToInt(Row::port).findFirst();
  }

  /** The replica of a master. */
  OptionalInt replicaOf(int master) {
    List<String> ids = rows.stream().filter(row -> row.port() == master).map(Row::id).toList();
    return rows.stream().filter(row -> ids.contains(row.master())).mapToInt(Row::port).findFirst();
  }

  String idOf(int port) {
    return rows.stream().filter(row -> row.port() == port).map(Row::id).findFirst().orElseThrow();
  }

  /** Whether all nodes are there and sound, and each master has one replica. */
  boolean isWhole(int nodes) {
    long masters = rows.stream().filter(Row::hasSlots).count();
    return rows.size() == nodes
        && rows.stream().allMatch(Row::isSound)
        && 2 * masters == nodes
        && rows.stream().filter(Row::hasSlots).allMatch(row -> replicaOf(row.port()).isPresent());
  }
}
