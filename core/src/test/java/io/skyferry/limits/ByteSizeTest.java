package io.skyferry.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "1, 1024, 1Ki",
        "512, 524288, 512Ki",
        "1000, 1024000, 1000Ki",
        "1e3, 1024000, 1000Ki",
        "1E3, 1024000, 1000Ki",
        ".5, 512, 512B",
        "5., 5120, 5Ki",
        "+5M, 5242880, 5Mi",
        "0.1, 102, 102B",
        "100B, 100, 100B",
        "1000b, 1000, 1000B",
        "1.9B, 1, 1B",
        "1536B, 1536, 1.500Ki",
        "1k, 1024, 1Ki",
        "1K, 1024, 1Ki",
        "1Ki, 1024, 1Ki",
        "1ki, 1024, 1Ki",
        "1kI, 1024, 1Ki",
        "1KiB, 1024, 1Ki",
        "1Kib, 1024, 1Ki",
        "1kib, 1024, 1Ki",
        "1.5M, 1572864, 1.500Mi",
        "10M, 10485760, 10Mi",
        "10485761B, 10485761, 10485761B",
        "2G, 2147483648, 2Gi",
        "3t, 3298534883328, 3Ti",
        "1P, 1125899906842624, 1Pi",
        "1E, 1152921504606846976, 1Ei",
        "7.5E, 8646911284551352320, 7.500Ei",
    })
    void sizesMeanWhatRcloneMakesOfThem(String text, long bytes, String canonical) {
        assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
        assertThat(ByteSize.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, nothing",
        "' 1', 1, number",
        "-1, 1, 0 or more",
        "-5M, 1, 0 or more",
        "1MB, 2, 'M'",
        "1Mb, 2, 'MiB'",
        "1KB, 2, 'KiB'",
        "1KIB, 1, number",
        "10bps, 5, units",
        "1x, 2, units",
        "x, 1, units",
        "M, 1, number",
        "1..5M, 1, number",
        "1_0, 1, number",
        "0x10, 1, number",
        "inf, 3, units",
        "8E, 1, less than",
        "1e99, 1, less than",
        "1e1000, 1, number",
        "off, 3, units",
    })
    void whatIsNoSizeIsRefusedWithPlaceAndReason(String text, int position, String reason) {
        assertThatThrownBy(() -> ByteSize.parse(text)).isInstanceOfSatisfying(SpecException.class, refused -> {
            assertThat(refused.position()).isEqualTo(position);
            assertThat(refused).hasMessageContaining(reason).hasMessageContaining("at position " + position);
        });
    }

    @ParameterizedTest
    @CsvSource({"10MB, 10485760", "10Mb, 10485760", "1kB, 1024", "2GB, 2147483648", "3b, 3", "4KiB, 4096", "5, 5120"})
    void theWideSpellingAlsoTakesWhatTrueNasWrites(String text, long bytes) {
        assertThat(ByteSize.parse(text, ByteSize.Spelling.WIDE).bytes()).isEqualTo(bytes);
    }

    @Test
    void offIsNoSizeButMayBeWrittenWhereABoundIsWanted() {
        assertThat(ByteSize.parseOrOff("OFF")).isEmpty();
        assertThat(ByteSize.parseOrOff("1k")).contains(new ByteSize(1024));
    }

    @Test
    void whatIsPrintedIsReadBackExactly() {
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            long bytes = random.nextLong() >>> (1 + random.nextInt(62));
            ByteSize size = new ByteSize(random.nextBoolean() ? bytes : bytes & -1024);
            assertThat(ByteSize.parse(size.toString())).isEqualTo(size);
        }
    }
}
