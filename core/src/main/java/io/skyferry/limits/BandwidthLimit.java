package io.skyferry.limits;

import java.util.OptionalLong;

/// How fast uploads and downloads may go: `512`, `10M:1M`, `off:5M`, `off`.
///
/// @param upload in bytes a second, more than 0; empty for no limit
/// @param download in bytes a second, more than 0; empty for no limit
public record BandwidthLimit(OptionalLong upload, OptionalLong download) {
    /// No limit either way.
    public static final BandwidthLimit NONE = new BandwidthLimit(OptionalLong.empty(), OptionalLong.empty());

    /// Refuses a limit that nothing could ever pass.
    public BandwidthLimit {
        if (upload.orElse(1) <= 0 || download.orElse(1) <= 0) {
            throw new IllegalArgumentException(
                    "Want limits above 0 bytes a second but have %s and %s".formatted(upload, download));
        }
    }

    /// The same limit for each direction.
    public static BandwidthLimit both(long bytesPerSecond) {
        return new BandwidthLimit(OptionalLong.of(bytesPerSecond), OptionalLong.of(bytesPerSecond));
    }

    /// Reads `RATE` or `UP:DOWN`; each is a size a second or `off`, and 0 means `off` too.
    ///
    /// @throws SpecException naming the place that cannot be read
    public static BandwidthLimit parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            OptionalLong rate = rate(text, 0, text.length());
            return new BandwidthLimit(rate, rate);
        }
        int second = text.indexOf(':', colon + 1);
        if (second >= 0) {
            throw new SpecException(text, second, "Want one rate or 'UP:DOWN' but have a second ':'");
        }
        return new BandwidthLimit(rate(text, 0, colon), rate(text, colon + 1, text.length()));
    }

    private static OptionalLong rate(String text, int start, int end) {
        String rate = text.substring(start, end);
        if (ByteSize.isOff(rate)) {
            return OptionalLong.empty();
        }
        try {
            long bytes = ByteSize.parse(rate, ByteSize.Spelling.WIDE).bytes();
            return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
        } catch (SpecException unreadable) {
            throw unreadable.within(text, start);
        }
    }

    /// The one spelling: `512Ki`, a pair only where the two differ.
    @Override
    public String toString() {
        return upload.equals(download) ? spelt(upload) : spelt(upload) + ":" + spelt(download);
    }

    private static String spelt(OptionalLong rate) {
        return rate.isPresent() ? new ByteSize(rate.orElseThrow()).toString() : "off";
    }
}
