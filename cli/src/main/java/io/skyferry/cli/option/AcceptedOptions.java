package io.skyferry.cli.option;

import picocli.CommandLine.Option;

/// Options that scripts for rclone give and that have nothing to change here: taken, and without effect.
@SuppressWarnings("UnusedVariable") // picocli fills them, and nobody asks
public final class AcceptedOptions {
    @Option(names = "--fast-list", description = "No effect: trees are listed at once wherever a place can.")
    private boolean fastList;

    @Option(
            names = "--buffer-size",
            paramLabel = "SIZE",
            description = "No effect: buffers are few, of a fixed size, and shared.")
    private String bufferSize = "";

    @Option(
            names = "--ignore-checksum",
            description = "No effect: what goes over is checked on its way, which costs nothing.")
    private boolean ignoreChecksum;

    @Option(
            names = "--multi-thread-streams",
            paramLabel = "N",
            description = "No effect: parts of large files go over side by side, as many as --transfers says.")
    private String multiThreadStreams = "";

    @Option(
            names = "--multi-thread-cutoff",
            paramLabel = "SIZE",
            description = "No effect: which files go over in parts is the place's matter.")
    private String multiThreadCutoff = "";

    /// Options as picocli fills them.
    public AcceptedOptions() {}
}
