package io.skyferry.filter;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.RelPath;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashPartitionTest {
    @ParameterizedTest
    @CsvSource({
        // Computed by another program from the words of rclone's manual.
        "file1.jpg, 2, 4029872771864432900",
        "file2.jpg, 0, 14441957772660758382",
        "file3.jpg, 1, 9003145490739311449",
        "dir/File.TXT, 1, 522897337399186162",
        "e\u0301, 2, 12874628942955142502",
        "a b/\u00FC, 0, 7527559540191284403",
    })
    void partsAreThoseOfAnIndependentComputation(String path, long ofThree, String ofMany) {
        assertThat(new HashPartition(0, 3).partOf(new RelPath(path))).isEqualTo(ofThree);
        long many = Long.parseUnsignedLong("18446744073709551557");
        assertThat(Long.toUnsignedString(new HashPartition(0, many).partOf(new RelPath(path))))
                .isEqualTo(ofMany);
    }

    @Test
    void aByteThatIsNoUtf8CountsAsAReplacementCharacter() {
        assertThat(new HashPartition(0, 1_000_003).partOf(new RelPath("bad\uDCFF")))
                .isEqualTo(905_309);
    }

    @Test
    void pathsThatMayBeTakenForOneAnotherFallIntoOnePart() {
        var partition = new HashPartition(0, 1_000_000);
        assertThat(partition.partOf(new RelPath("E\u0301/A.TXT")))
                .isEqualTo(partition.partOf(new RelPath("\u00E9/a.txt")));
    }

    @Test
    void theChosenPartIsTakenModuloTheirNumber() {
        assertThat(HashPartition.parse("7/3", new Random(1))).isEqualTo(new HashPartition(1, 3));
        assertThat(HashPartition.parse("18446744073709551615/18446744073709551614", new Random(1))
                        .part())
                .isEqualTo(1);
    }

    @Test
    void aRandomPartIsOneOfThem() {
        assertThat(IntStream.range(0, 200)
                        .mapToLong(seed ->
                                HashPartition.parse("@/3", new Random(seed)).part()))
                .containsOnly(0L, 1L, 2L);
    }

    @Test
    void eachFileIsInExactlyOnePart() {
        for (int i = 0; i < 200; i++) {
            var path = new RelPath("dir/file" + i);
            assertThat(IntStream.range(0, 5).filter(part -> new HashPartition(part, 5).holds(path)))
                    .hasSize(1);
        }
    }
}
