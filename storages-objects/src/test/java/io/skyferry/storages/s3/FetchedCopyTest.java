package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.storage.Content;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageIdentity;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Contents that the server has already.
class FetchedCopyTest {
    private static final RelPath FILE = new RelPath("a file+%");
    private static final Instant TIME = Instant.parse("2024-05-06T07:08:09.123456789Z");

    private final Simulated simulated = new Simulated(S3Rules.AMAZON);

    @AfterEach
    void stop() {
        assertThat(simulated.server().complaints()).isEmpty();
        simulated.close();
    }

    private static Content.Origin ofOtherAccount(Content.Origin origin) {
        StorageIdentity storage = origin.storage();
        return new Content.Origin(
                new StorageIdentity(storage.provider(), storage.account() + "?", storage.root(), "", ""),
                origin.file());
    }

    @Test
    void sameAccountFetchesAndKeepsWhatGoesWithTheFile() {
        simulated.server().withBucket("other");
        try (Storage from = simulated.open("bucket/below it");
                Storage to = simulated.open("other")) {
            Entry.File seen = from.write(FILE, BytesContent.of("bytes"), WriteOptions.PLAIN.at(TIME));
            simulated.server().resetCounts();
            Entry.File made = to.write(FILE, BytesContent.of("bytes").from(from.origin(seen)), WriteOptions.PLAIN);
            assertThat(made.modTime().known()).contains(TIME);
            assertThat(to.stat(FILE)).contains(made);
            assertThat(simulated.server().counts()).containsKey("CopyObject").doesNotContainKey("PutObject");
        }
    }

    @Test
    void otherAccountIsSentTheBytes() {
        try (Storage from = simulated.open("bucket/a");
                Storage to = simulated.open("bucket/b")) {
            Entry.File seen = from.write(FILE, BytesContent.of("bytes"), WriteOptions.PLAIN.at(TIME));
            simulated.server().resetCounts();
            Optional<Content.Origin> other = from.origin(seen).map(FetchedCopyTest::ofOtherAccount);
            to.write(FILE, BytesContent.of("bytes").from(other), WriteOptions.PLAIN.at(TIME));
            assertThat(simulated.server().counts()).containsOnlyKeys("PutObject");
        }
    }

    @Test
    void changedSourceIsNotFetched() {
        try (Storage from = simulated.open("bucket/a");
                Storage to = simulated.open("bucket/b")) {
            Entry.File seen = from.write(FILE, BytesContent.of("bytes"), WriteOptions.PLAIN.at(TIME));
            from.write(FILE, BytesContent.of("news!"), WriteOptions.PLAIN.at(TIME));
            to.write(FILE, BytesContent.of("bytes").from(from.origin(seen)), WriteOptions.PLAIN.at(TIME));
            assertThat(simulated.server().bytes("bucket", "b/a file+%"))
                    .asString()
                    .isEqualTo("bytes");
        }
    }
}
