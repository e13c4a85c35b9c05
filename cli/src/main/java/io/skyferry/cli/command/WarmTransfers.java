package io.skyferry.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Transfers for the warm-up: a few files in each of the usual ways, and as many in one as show the JVM which of the
/// code is run for every file. That code is made ready as soon as a run begins.
///
/// What else is called as often here would be made ready in every run, for nothing: so many files are made and removed
/// by nothing but Skyferry.
final class WarmTransfers {
    private static final int FEW = 40;
    private static final int DOUBLINGS = 8;
    private static final int MANY = 20_000;

    private final WarmRuns runs;
    private final Path folder;

    WarmTransfers(WarmRuns runs, Path folder) {
        this.runs = runs;
        this.folder = folder;
    }

    private String at(String name) {
        return folder.resolve(name).toString();
    }

    private String fewFiles() throws IOException {
        return WarmRuns.fill(folder.resolve("few"), FEW).toString();
    }

    /// Between folders.
    void local() throws IOException {
        String few = fewFiles();
        runs.run("sync", few, at("plain"));
        runs.run("sync", "-q", few, at("plain"));
        runs.run("sync", "--json", few, at("json"));
        runs.run("sync", "--dry-run", few, at("told"));
        runs.run("copy", "-v", few, at("copied"));
        runs.run("move", at("copied"), at("moved"));
        change();
        runs.run("sync", "--backup-dir", at("old"), "--suffix", ".old", "--max-delete", "30", few, at("plain"));
        runs.run("sync", "--exclude", "*.tmp", "--transfers", "8", "--log-file", at("log"), few, at("filtered"));
        grow(few);
    }

    /// Copies twice as much each time.
    private void grow(String few) {
        String all = few;
        for (int i = 1; i <= DOUBLINGS; i++) {
            String twice = at("twice-" + i);
            runs.run("copy", all, twice + "/a");
            runs.run("copy", all, twice + "/b");
            clear(all);
            all = twice;
        }
        clear(all);
    }

    private void clear(String place) {
        runs.run("delete", "--rmdirs", place);
    }

    /// A file more, one less, one that is another, one that is elsewhere.
    private void change() throws IOException {
        Path below = folder.resolve("few").resolve("folder-0");
        Files.writeString(below.resolve("new.txt"), "a file more", StandardCharsets.UTF_8);
        Files.delete(below.resolve("file-0.txt"));
        Files.writeString(below.resolve("file-4.txt"), "other content", StandardCharsets.UTF_8);
        Files.move(below.resolve("file-8.txt"), below.resolve("renamed.txt"));
    }

    /// From and to a bucket.
    void remote() throws IOException {
        String few = fewFiles();
        try (WarmBucket bucket = WarmBucket.open()) {
            String[] server = bucket.options();
            String there = "s3:warm/few";
            runs.runWith(server, "sync", few, there);
            runs.runWith(server, "copy", there, at("copied"));
            change();
            String[] named = runs.named(bucket);
            runs.refuseBucketWithoutAddress();
            runs.runWith(named, "sync", "-q", few, there);
            runs.runWith(named, "sync", "--json", few, there);
            runs.runWith(named, "move", there, at("moved"));
            Path key = Files.writeString(folder.resolve("key"), "warm", StandardCharsets.UTF_8);
            String endpoint = "endpoint=" + bucket.url();
            runs.run(
                    "credential",
                    "add",
                    "work",
                    "--provider",
                    "s3",
                    "--set",
                    endpoint,
                    "--set",
                    "provider=s3proxy",
                    "--set",
                    "access-key-id=warm",
                    "--secret-file",
                    "secret-access-key=" + key);
            runs.run("sync", few, "work:warm/named");
            bucket.fill("many", MANY);
            runs.runWith(named, "copy", "s3:warm/many", at("many"));
            runs.runWith(named, "copy", at("many"), "s3:warm/many-again");
            clear(at("many"));
        }
    }
}
