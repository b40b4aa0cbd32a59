package dev.tapeline.gateway.protocol;

/** What a protocol closes a connection with. */
public record CloseCode(int code, String text) {}
