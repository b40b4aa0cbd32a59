package dev.tapeline.core.admin;

/**
 * One channel on a node.
 *
 * @param kind state, event, delta or bar
 * @param durable whether it has a log
 * @param seq its newest number
 * @param subscribers cursors of clients on it
 * @param bytes of its rings
 * @param idle milliseconds since it was last published to or subscribed
 */
public record ChannelReport(
    String channel,
    String kind,
    boolean durable,
    String epoch,
    long seq,
    int subscribers,
    long bytes,
    long idle) {}
