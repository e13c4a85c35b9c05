package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceXxh128Test {
    /// Computed by libxxhash 0.8.1.
    @ParameterizedTest
    @CsvSource(textBlock = """
        0, 99aa06d3014798d86001c324468d497f
        1, a6cd5e9392000f6ac44bdff4074eecdb
        2, df65e9c86b3bd8eb433ce72a5f67ae52
        3, c925ae1797c3998f6811538b444fc6dc
        4, 6ae518c60df23fcadb9cecd5eb59a7f1
        7, 8aca3f9dfeaa785cbcb2176a68e2a310
        8, 63f350efc0ba3e2e5b3f49d0f38f9d7d
        9, 83c871b1014e6f76d8a20b5b7aa68a37
        15, 020dfcfcbfbf8ae6afd788dbc679d677
        16, 248181305d3c1039adebb1d9d080b69c
        17, 825a0db7d0afe2c0cfea252f6b7ed7e9
        32, 49412a76e9b6a22603504df8fe9f5aee
        33, d1fad6434c06e9ad17580ff25b93b223
        64, ecceaabe1fb6f9ffcfa5d95a3b689b2c
        65, 188e082b3b260ab511609fe0d1f6230f
        96, e88af0bba2a3824dc6be04da8ac97912
        97, f26536f5ef52d772a408415b79ba85d8
        128, 08df79f520370b525cfea347ea4bb687
        129, fc1d02037be48a62821740ece8839b64
        160, 33fe39a6a767b4d34656f5513beed585
        192, df7ad97a6052b2956ecf961536c5a4de
        223, 083a66e97d9d2767a939caec9154816a
        240, 8406fbd017acdf4e687f00a7f64e46db
        241, d894c74b1b3ea28f44dbd3180a664e27
        512, a553effc4d50ab6bb3ce5abefeb930b1
        1023, af3e31d19ed9a0faf7eb9806eb4ad2fd
        1024, 54680c079a49361cd1abb5dbd52032f9
        1025, 4010f40cb0ea5efda3908b116ddf0191
        1088, 9fd7bb6d659184e373a4a4f20d1ada67
        2048, 7d5e551fefb47c21597cefa098478059
        2049, fa697cf0f7451322e09d2fe2edf7e1d5
        5000, 4f42ac926fb7748c4df419ab59e5a7ad
        100000, 98a827951405297c3a0109e04c9ff5ba
        """)
    void everyLengthHashesAsTheReferenceDoes(int length, String expected) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 131 + i / 256 * 7);
        }
        assertThat(ReferenceXxh128.hex(bytes)).isEqualTo(expected);
    }
}
