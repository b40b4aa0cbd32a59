package dev.tapeline.rest.http;

/**
 * The limits on callers of the REST API.
 *
 * @param ratePerSecond calls by one client address, after a burst
 * @param maxBodyBytes the longest request body
 * @param bodiesTotalBytes of all request bodies that are in memory at the same time
 */
public record RestLimits(
    int ratePerSecond, int rateBurst, int maxBodyBytes, long bodiesTotalBytes) {}
