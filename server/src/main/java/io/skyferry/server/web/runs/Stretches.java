package io.skyferry.server.web.runs;

import io.skyferry.control.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Makes a line of throughput of what is known: so much between two moments.
public final class Stretches {
    private Stretches() {}

    /// Adds an amount evenly to the buckets from one moment to another; what lies before the first is left out.
    ///
    /// @param width of a bucket
    public static void spread(double[] buckets, long from, long to, long width, long amount) {
        long end = Math.max(from + 1, to);
        for (long at = Math.max(0, from); at < end; ) {
            long next = Math.min(end, (at / width + 1) * width);
            int bucket = (int) Math.min(buckets.length - 1, at / width);
            buckets[bucket] += (double) amount * (next - at) / (end - from);
            at = next;
        }
    }

    /// As `times` in seconds and `speeds` in bytes a second.
    public static JsonValue json(double[] buckets, Instant first, long width) {
        List<JsonValue> times = new ArrayList<>();
        List<JsonValue> speeds = new ArrayList<>();
        for (int i = 0; i < buckets.length; i++) {
            times.add(JsonValue.of(first.plusMillis(i * width).getEpochSecond()));
            speeds.add(JsonValue.of(Math.round(buckets[i] * 1000 / width)));
        }
        return JsonValue.Members.EMPTY
                .with("times", new JsonValue.Array(times))
                .with("speeds", new JsonValue.Array(speeds));
    }
}
