package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Removal;
import io.skyferry.storage.Storage;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.StorageContract;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A bucket that keeps older versions, at a server that refuses conditions.
class VersionedBucketTest extends StorageContract {
    private static final S3Rules RULES =
            S3Rules.AMAZON.with(S3Rules.Versions.ON).with(S3Rules.Conditions.REFUSED);

    private Simulated simulated = new Simulated(RULES);

    @BeforeEach
    void start() {
        simulated.close();
        simulated = new Simulated(RULES);
    }

    @AfterEach
    void stop() {
        assertThat(simulated.server().complaints()).isEmpty();
        simulated.close();
    }

    @Override
    protected Storage openEmpty() {
        return simulated.open(Simulated.BUCKET, S3Settings.PROVIDER, "other");
    }

    @Test
    void olderAndDeletedStatesCanBeReadAgain() throws IOException {
        try (Storage storage = openEmpty()) {
            var path = new RelPath("a file");
            storage.write(path, BytesContent.of("first"), WriteOptions.PLAIN);
            Entry.File second = storage.write(path, BytesContent.of("second"), WriteOptions.PLAIN);
            assertThat(storage.delete(second)).isInstanceOf(Removal.KeptAsVersion.class);
            assertThat(storage.stat(path)).isEmpty();
            List<Entry.File> kept = storage.versions(path);
            assertThat(kept).hasSize(2);
            assertThat(text(storage, kept.get(0))).isEqualTo("second");
            assertThat(text(storage, kept.get(1))).isEqualTo("first");
            storage.copy(kept.get(1), path, WriteOptions.PLAIN);
            Entry.File back = (Entry.File) storage.stat(path).orElseThrow();
            assertThat(text(storage, back)).isEqualTo("first");
        }
    }

    private static String text(Storage storage, Entry.File file) throws IOException {
        try (var body = storage.read(file, ByteRange.ALL)) {
            return new String(body.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
