package io.skyferry.storages.s3.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RepliesTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Replies.Made made(String text) {
        return Replies.made(bytes(text), bytes(text).length);
    }

    @Test
    void replyThatSaidItWentWellBeforeItFailedIsAFailure() {
        Replies.Made made = made(
                "<?xml version=\"1.0\"?>\n\n <Error><Code>InternalError</Code><Message>Try again</Message></Error>");
        assertThat(made.failure()).map(Failure::code).contains("InternalError");
    }

    @Test
    void uploadAndFileAreRead() {
        assertThat(made("<InitiateMultipartUploadResult><Bucket>b</Bucket><UploadId>VXBsb2Fk</UploadId>"
                                + "</InitiateMultipartUploadResult>")
                        .uploadId())
                .isEqualTo("VXBsb2Fk");
        assertThat(made("<CompleteMultipartUploadResult><ETag>&#34;aa-3&#34;</ETag></CompleteMultipartUploadResult>")
                        .etag())
                .isEqualTo("aa-3");
    }

    @Test
    void eachKeyOfABatchHasAnAnswer() {
        byte[] reply = bytes("""
                <DeleteResult><Deleted><Key>a</Key></Deleted>
                <Deleted><Key>b</Key><DeleteMarker>true</DeleteMarker><DeleteMarkerVersionId>v9</DeleteMarkerVersionId></Deleted>
                <Error><Key>c</Key><Code>AccessDenied</Code><Message>No</Message></Error></DeleteResult>""");
        assertThat(Replies.deleted(reply, reply.length))
                .containsExactly(
                        new Replies.Deleted("a", Optional.empty(), Optional.empty()),
                        new Replies.Deleted("b", Optional.of("v9"), Optional.empty()),
                        new Replies.Deleted(
                                "c", Optional.empty(), Optional.of(new Failure("AccessDenied", "No", "", ""))));
    }

    @Test
    void pageOfAProxyIsNoErrorOfS3() {
        byte[] page = bytes("<html>502</html>");
        assertThat(Failure.read(page, page.length)).isEqualTo(Failure.NONE);
        assertThat(Failure.read(new byte[0], 0)).isEqualTo(Failure.NONE);
    }

    @Test
    void wholeOfPartsIsNamedAsAmazonDoes() {
        // The MD5 of two empty parts' MD5s.
        assertThat(Etags.ofParts(List.of("d41d8cd98f00b204e9800998ecf8427e", "d41d8cd98f00b204e9800998ecf8427e")))
                .contains("5873dd45edd01f09c1ef2e7819369e8e-2");
        assertThat(Etags.ofParts(List.of("opaque"))).isEmpty();
    }

    @Test
    void onlyWhatCanBeAnMd5IsTakenForOne() {
        assertThat(Etags.md5("d41d8cd98f00b204e9800998ecf8427e")).isPresent();
        assertThat(Etags.md5("d41d8cd98f00b204e9800998ecf8427e-1")).isEmpty();
        assertThat(Etags.md5("D41D8CD98F00B204E9800998ECF8427E")).isEmpty();
        assertThat(Etags.bare("W/\"x\"")).isEqualTo("x");
    }
}
