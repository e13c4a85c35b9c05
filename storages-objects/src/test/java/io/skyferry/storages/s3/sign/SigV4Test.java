package io.skyferry.storages.s3.sign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The examples of "Signature Calculations for the Authorization Header" in the Amazon S3 API Reference.
class SigV4Test {
    private static final Access ACCESS =
            Access.lasting("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static final Instant THEN = Instant.parse("2013-05-24T00:00:00Z");

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final SigV4 signer = new SigV4("s3", "us-east-1");

    private static Draft draft(String method, String key) {
        String path = "/" + Percent.ofPath(key);
        return new Draft(method, "examplebucket.s3.amazonaws.com", path, "/examplebucket" + path)
                .payload(SigV4.OF_NOTHING);
    }

    private String signature(Draft draft) {
        signer.sign(draft, ACCESS, THEN);
        String header = draft.headers().getOrDefault("authorization", "");
        assertThat(header)
                .startsWith(
                        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=");
        return header.substring(header.indexOf("Signature=") + 10);
    }

    @Test
    void downloadOfARange() {
        assertThat(signature(draft("GET", "test.txt").header("range", "bytes=0-9")))
                .isEqualTo("f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void uploadOfANameThatIsEncoded() {
        Draft draft = draft("PUT", "test$file.text")
                .header("date", "Fri, 24 May 2013 00:00:00 GMT")
                .header("x-amz-storage-class", "REDUCED_REDUNDANCY")
                .payload("44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072");
        assertThat(signature(draft)).isEqualTo("98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void queryThatIsANameAlone() {
        assertThat(signature(draft("GET", "").query("lifecycle", "")))
                .isEqualTo("fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    }

    @Test
    void listing() {
        assertThat(signature(draft("GET", "").query("prefix", "J").query("max-keys", "2")))
                .isEqualTo("34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void nextDayIsSignedWithItsOwnKey() {
        Draft first = draft("GET", "test.txt");
        signer.sign(first, ACCESS, THEN);
        Draft next = draft("GET", "test.txt");
        signer.sign(next, ACCESS, THEN.plus(Duration.ofDays(1)));
        Draft fresh = draft("GET", "test.txt");
        new SigV4("s3", "us-east-1").sign(fresh, ACCESS, THEN.plus(Duration.ofDays(1)));
        assertThat(next.headers().get("authorization"))
                .isEqualTo(fresh.headers().get("authorization"))
                .isNotEqualTo(first.headers().get("authorization"));
    }

    @Test
    void everySecondIsNamedAsItIs() {
        for (String at : List.of("20130524T000000Z", "20130524T000001Z", "20130524T000000Z", "20240229T235959Z")) {
            Draft draft = draft("GET", "test.txt");
            signer.sign(draft, ACCESS, Instant.from(SECONDS.parse(at)).plusNanos(999_999_999));
            assertThat(draft.headers()).containsEntry("x-amz-date", at);
        }
    }

    @Test
    void tokenOfAKeyThatEndsIsSignedToo() {
        Draft draft = draft("GET", "test.txt");
        signer.sign(draft, new Access("AKIA", "secret", Optional.of("session"), Optional.empty()), THEN);
        assertThat(draft.headers()).containsEntry("x-amz-security-token", "session");
        assertThat(draft.headers().get("authorization")).contains("x-amz-security-token");
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(ACCESS.toString()).contains("AKIAIOSFODNN7EXAMPLE").doesNotContain("wJalr");
    }
}
