package io.skyferry.memory;

import io.skyferry.engine.pair.PairMemories;
import io.skyferry.engine.pair.PairMemoryContract;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class SqlitePairMemoriesTest extends PairMemoryContract {
    @TempDir
    private Path home;

    private PairMemories memories;

    @BeforeEach
    void openFolder() {
        var tuning = new Tuning(50, Duration.ofMillis(5), 37, Tuning.DEFAULT.maxPages(), 1);
        memories = new SqlitePairMemories(home, new Holder(1, "test", Instant.EPOCH), _ -> {}, tuning);
    }

    @Override
    protected PairMemories memories() {
        return memories;
    }
}
