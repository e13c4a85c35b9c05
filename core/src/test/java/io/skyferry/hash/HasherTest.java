package io.skyferry.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.HashType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HasherTest {
    private static final byte[] SANITY = sanityBuffer(20_000);

    /// The input of xxHash's own sanity test: the high bytes of a running product.
    private static byte[] sanityBuffer(int length) {
        byte[] bytes = new byte[length];
        long state = 2654435761L;
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (state >>> 56);
            state *= 0x9E3779B185EBCA8DL;
        }
        return bytes;
    }

    @ParameterizedTest
    @CsvSource({
        "0, 99aa06d3014798d86001c324468d497f",
        "1, a6cd5e9392000f6ac44bdff4074eecdb",
        "2, 76750c3c7bf956687a9978044cb8a8bb",
        "3, 20efc49ff02422ea54247382a8d6b94d",
        "4, 970d585ac632bf8e2e7d8d6876a39fe9",
        "6, 082afe0b8162d12a3e7039bdda43cfc6",
        "8, 47a7f080d82bb45664c69cab4bb21dc5",
        "9, 564ef6078950d457ed7ccbc501eb7501",
        "16, c68c368ecf8a9c05562980258a998629",
        "17, 955fa78643ed3669abbc12d11973d7db",
        "32, 98fc6458710dc2e8278410a17595e3f9",
        "33, 3103c192ceaa2dede593bc4e5914c9d1",
        "64, 6d90e81a9b0fd622efdb6a44690721a9",
        "65, 6c074d65e54db85afe2f650fa500ec6e",
        "96, d9d0b885f56c93f1e9324473ea9afebe",
        "97, 09dff37faa6b284c7c87228ae9671ba7",
        "128, 39992220e045260aebb15e34a7fb5ab1",
        "129, 03815fc91f1b30b686c9e3bc8f0a3b5c",
        "130, 90e701a84d20072fbe0500e135cd4b35",
        "160, ba5d218964b622ad737126c8d7c09cee",
        "161, 58621e54439ee75c524bf4f00d882c4e",
        "240, aa4202daa2769dc85c9aae94c8ebe5a0",
        "241, 99a80ecf0ecfc647c5a639ecd2030e5e",
        "256, 8b1c66091423d28855de574ad89d0ac5",
        "257, f15fee7f9f457599b17fd5a8ae75bb0b",
        "403, 1b6de21e332dd73dcdeb804d65c6dea4",
        "512, 18d2d110dcc9bca1617e49599013cb6b",
        "1023, e8083e4d83214c3c87a8f7b2f2e22496",
        "1024, 0d30d24071c64c57dd85c9b5c1109c5c",
        "1025, fd3ee4fe7f2954c6d870c0fa13211c6a",
        "2048, f736557fd47073a5dd59e2c3a5f038e0",
        "2237, 0cdabf3f3c98b371f403cea1763cd9cc",
        "4096, b9cfaea2ca5626a4e91206429d1f48f9",
        "8191, 6f71c7fdd43f895631ffdfa431faf170",
        "8192, 8a3f76fa124fdefed63690a28889a350",
        "8193, 54c7970a659a46bedf4de9db3ab7fa53",
        "8255, 96cc4e34dc7b96c34ac5c9097653ea2a",
        "8256, 226c98dff0dc27356580f56904ab1646",
        "8257, 0ea96a9dca1f35d40fc831c0bad45906",
        "9216, 730fd17ef9815f58490d773d446545ea",
        "9217, 86c1a1c3a6eee92c41b713c9477ebacf",
        "16384, 035fd334e0a37a89edd17b079a94769e",
        "16385, 5ed7e463994e9d95cc7d15ef1cc53611",
        "20000, 3b5a9e026c20d257f5c7e25b7401101a"
    })
    void xxh128AgreesWithTheReferenceOnItsSanityInput(int length, String expected) {
        var hasher = new Xxh128();
        hasher.update(SANITY, 0, length);
        assertThat(hasher.hex()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "XXH128, 06b05ab6733a618578af5f94892f3950",
        "CRC32C, 364b3fb7",
        "MD5, 900150983cd24fb0d6963f7d28e17f72",
        "SHA1, a9993e364706816aba3e25717850c26c9cd0d89d",
        "SHA256, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    })
    void everyTypeAgreesOnAbc(HashType type, String expected) {
        assertThat(Hasher.hex(type, "abc".getBytes(StandardCharsets.US_ASCII))).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void anyCutAndAnyKindOfMemoryGivesTheSameChecksum(HashType type) {
        Random random = new Random(7);
        byte[] bytes = new byte[70_000];
        random.nextBytes(bytes);
        for (int round = 0; round < 40; round++) {
            int length = round < 20 ? random.nextInt(600) : random.nextInt(bytes.length);
            var whole = Hasher.of(type);
            whole.update(bytes, 0, length);
            String expected = whole.hex();
            var cut = Hasher.of(type);
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment offHeap = arena.allocate(bytes.length + 1);
                MemorySegment.copy(MemorySegment.ofArray(bytes), 0, offHeap, 1, bytes.length);
                for (int at = 0; at < length; ) {
                    int step = Math.min(length - at, random.nextInt(9_000));
                    if (random.nextBoolean()) {
                        cut.update(bytes, at, step);
                    } else {
                        cut.update(offHeap, 1 + at, step);
                    }
                    at += step;
                }
            }
            assertThat(cut.hex()).as("%s bytes", length).isEqualTo(expected);
        }
    }

    @Test
    void hasherStartsAnewAfterItsDigest() {
        var hasher = new Xxh128();
        hasher.update(SANITY, 0, 9_999);
        String first = hasher.hex();
        hasher.update(SANITY, 0, 9_999);
        assertThat(hasher.hex()).isEqualTo(first);
        hasher.update(SANITY, 0, 5);
        hasher.reset();
        assertThat(hasher.hex()).isEqualTo("99aa06d3014798d86001c324468d497f");
    }
}
