package dev.tapeline.feed.net;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.zip.GZIPInputStream;

/** Unpacks the body of an answer. */
final class Body {

  private Body() {}

  /**
   * @throws UnusableException if it can't be unpacked, or is longer than the limit then
   */
  static byte[] of(HttpResponse<byte[]> response, int limit) {
    byte[] received = response.body();
    boolean packed =
        response
            .headers()
            .firstValue("Content-Encoding")
            .filter(encoding -> encoding.strip().equalsIgnoreCase("gzip"))
            .isPresent();
    return packed && received.length > 0 ? unpack(received, limit) : received;
  }

  private static byte[] unpack(byte[] packed, int limit) {
    byte[] body;
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      body = in.readNBytes(limit);
      if (in.read() >= 0) {
        throw new UnusableException("an answer of more than %d bytes".formatted(limit));
      }
    } catch (IOException e) {
      throw new UnusableException("an answer that can't be unpacked: " + e.getMessage(), e);
    }
    return body;
  }
}
