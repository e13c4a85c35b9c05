package io.skyferry.app;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class SqliteServiceTest extends ServiceChapter {
    SqliteServiceTest(@TempDir Path folder) throws IOException {
        super(new TaskWorld(folder, Optional.empty()));
    }
}
