package dev.tapeline.protocols.spi;

/** What a protocol closes a connection with. */
public record CloseCode(int code, String text) {}
