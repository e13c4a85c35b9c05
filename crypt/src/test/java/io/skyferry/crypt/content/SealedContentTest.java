package io.skyferry.crypt.content;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.crypt.box.Kernels;
import io.skyferry.crypt.box.SecretBox;
import io.skyferry.storage.Content;
import io.skyferry.testkit.BytesContent;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SealedContentTest {
    private static final int SIZE = BoxFormat.BLOCK + 100;

    private final List<String> opened = new ArrayList<>();

    /// Says by which way it is opened.
    private final class Telling implements Content {
        private final Content bytes;

        Telling(Content bytes) {
            this.bytes = bytes;
        }

        @Override
        public OptionalLong size() {
            return bytes.size();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            opened.add("to send");
            return bytes.open(offset, length);
        }

        @Override
        public InputStream openToHash(long offset, long length) throws IOException {
            opened.add("to hash");
            return bytes.open(offset, length);
        }

        @Override
        public String fingerprint() {
            return bytes.fingerprint();
        }

        @Override
        public Optional<Origin> origin() {
            return bytes.origin();
        }
    }

    @Test
    void bytesThatAreHashedAreThoseThatAreSentAndAreOpenedToHash() throws IOException {
        byte[] plain = new byte[SIZE];
        new Random(1).nextBytes(plain);
        var box = new SecretBox(new byte[SecretBox.KEY], Kernels.fixed("scalar").orElseThrow());
        Content sealed =
                new SealedContent(new Telling(BytesContent.of(plain)), box, Nonce.draw(new Random(2)), new SentTags());

        try (InputStream sent = sealed.open(0, Long.MAX_VALUE);
                InputStream hashed = sealed.openToHash(0, Long.MAX_VALUE)) {
            assertThat(hashed.readAllBytes()).isEqualTo(sent.readAllBytes()).hasSize((int) BoxFormat.sealedSize(SIZE));
        }
        assertThat(opened).containsExactly("to send", "to hash");
    }
}
