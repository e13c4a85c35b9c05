package io.skyferry.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.storage.HashType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class HmacTest {
    private static final Map<HashType, String> OF_THE_JDK =
            Map.of(HashType.MD5, "HmacMD5", HashType.SHA1, "HmacSHA1", HashType.SHA256, "HmacSHA256");

    /// Cases 1, 2, 6 and 7 of RFC 4231.
    @ParameterizedTest
    @CsvSource({
        "0b, 20, Hi There, b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "4a656665, 1, what do ya want for nothing?, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "aa, 131, Test Using Larger Than Block-Size Key - Hash Key First,"
                + " 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        "aa, 131, 'This is a test using a larger than block-size key and a larger than block-size data. The key needs to be"
                + " hashed before being used by the HMAC algorithm.',"
                + " 9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"
    })
    void agreesWithThePublishedVectors(String key, int times, String text, String expected) {
        var hmac = new Hmac(HashType.SHA256, HexFormat.of().parseHex(key.repeat(times)));
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

        assertThat(HexFormat.of().formatHex(hmac.of(bytes))).isEqualTo(expected);
        assertThat(HexFormat.of().formatHex(hmac.of(bytes))).as("again").isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"XXH128", "CRC32C"},
            mode = Mode.EXCLUDE)
    void agreesWithTheJdkForAnyKeyAndText(HashType type) throws GeneralSecurityException {
        var random = new Random(13);
        for (int round = 0; round < 200; round++) {
            byte[] key = new byte[1 + random.nextInt(150)];
            byte[] text = new byte[random.nextInt(300)];
            random.nextBytes(key);
            random.nextBytes(text);
            Mac known = Mac.getInstance(OF_THE_JDK.get(type));
            known.init(new SecretKeySpec(key, "key"));
            known.update(text);
            known.update(key);

            assertThat(new Hmac(type, key).of(text, key)).isEqualTo(known.doFinal());
        }
    }

    @Test
    void checksumThatIsNoDigestIsRefused() {
        assertThatThrownBy(() -> new Hmac(HashType.CRC32C, new byte[1]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Want a digest but have CRC32C");
    }
}
