package io.skyferry.app;

import io.skyferry.engine.run.RunClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/// The machine's own clock and boot.
///
/// Source: Linux, random(4), `/proc/sys/kernel/random/boot_id`.
final class SystemRunClock implements RunClock {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    private final InstantSource clock;
    private final String boot;

    SystemRunClock(InstantSource clock) {
        this.clock = clock;
        this.boot = readBoot();
    }

    /// A machine that does not say which boot it is seems to boot with every process: bytes that were not flushed are
    /// then looked at once more than need be.
    private static String readBoot() {
        try {
            return Files.readString(BOOT_ID, StandardCharsets.US_ASCII).strip();
        } catch (IOException unknown) {
            return "process-" + ProcessHandle.current().pid() + "-"
                    + ProcessHandle.current()
                            .info()
                            .startInstant()
                            .map(Instant::toEpochMilli)
                            .orElse(0L);
        }
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public String boot() {
        return boot;
    }
}
