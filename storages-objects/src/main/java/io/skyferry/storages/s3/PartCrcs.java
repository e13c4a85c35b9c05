package io.skyferry.storages.s3;

import io.skyferry.storage.PartRules;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The CRC-32Cs of all parts of a content that passes from its start to its end. Fed by one thread, then read by any.
final class PartCrcs {
    private final PartRules rules;
    private final int[] sums;
    private final CRC32C crc = new CRC32C();
    private long given;

    PartCrcs(PartRules rules) {
        this.rules = rules;
        this.sums = new int[rules.count()];
    }

    /// Takes what comes next.
    void update(byte[] bytes, int length) {
        long partBytes = rules.partBytes();
        int at = 0;
        while (at < length) {
            int part = (int) (given / partBytes);
            int step = (int) Math.min(length - at, (part + 1) * partBytes - given);
            crc.update(bytes, at, step);
            at += step;
            given += step;
            // The last part may be shorter: each value is that of what came of it so far.
            sums[part] = (int) crc.getValue();
            if (given % partBytes == 0) {
                crc.reset();
            }
        }
    }

    /// Of one part, in hexadecimal digits; empty where parts were cut in another way.
    ///
    /// @param number from 1
    Optional<String> hex(PartRules cut, int number) {
        return cut.equals(rules) ? Optional.of(HexFormat.of().toHexDigits(sums[number - 1])) : Optional.empty();
    }
}
