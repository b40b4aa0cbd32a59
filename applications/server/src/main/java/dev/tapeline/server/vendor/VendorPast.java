package dev.tapeline.server.vendor;

import dev.tapeline.feed.vendor.VendorBars;

/**
 * The past of a vendor's instruments.
 *
 * @param keepsHours whether its markets keep the hours of the calendar
 */
public record VendorPast(VendorBars bars, boolean keepsHours) {}
