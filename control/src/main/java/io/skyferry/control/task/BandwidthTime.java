package io.skyferry.control.task;

import java.time.LocalTime;
import java.util.OptionalLong;

/// From when on each day how much may go, up and down together.
///
/// @param bytesPerSecond empty: any amount
public record BandwidthTime(LocalTime time, OptionalLong bytesPerSecond) {}
