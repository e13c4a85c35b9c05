package io.skyferry.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.engine.report.Progress;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.WriteOptions;
import io.skyferry.testkit.BytesContent;
import io.skyferry.testkit.MemoryStorage;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class SourceContentTest {
    private static final RelPath FILE = new RelPath("file");
    private static final int SIZE = 10_000;

    private final MemoryStorage storage = new MemoryStorage();
    private final Entry.File file = storage.write(FILE, BytesContent.of(new byte[SIZE]), WriteOptions.PLAIN);
    private final Progress progress = new Progress();
    private final CancelFlag cancel = new CancelFlag();

    private SourceContent content() {
        return new SourceContent(storage, file, progress.begin(FILE, SIZE), cancel);
    }

    @Test
    void bytesThatAreHashedBeforeTheyGoOverCountOnce() throws IOException {
        try (SourceContent content = content();
                InputStream hashed = content.openToHash(0, SIZE);
                InputStream sent = content.open(0, SIZE)) {
            assertThat(hashed.readAllBytes()).hasSize(SIZE);
            assertThat(progress.snapshot().bytesDone()).isZero();
            assertThat(sent.readAllBytes()).hasSize(SIZE);
            assertThat(progress.snapshot().bytesDone()).isEqualTo(SIZE);
        }
    }

    @Test
    void hashingStopsWithTheRun() throws IOException {
        try (SourceContent content = content();
                InputStream hashed = content.openToHash(0, SIZE)) {
            cancel.raise();
            assertThatThrownBy(hashed::readAllBytes).isInstanceOf(CancelledException.class);
        }
    }
}
