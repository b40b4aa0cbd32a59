package dev.tapeline.protocols.spi;

/** The code and text with which a protocol closes a connection. */
public record CloseCode(int code, String text) {}
