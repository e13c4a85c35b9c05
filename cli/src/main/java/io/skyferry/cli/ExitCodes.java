package io.skyferry.cli;

/// What the process ends with. Scripts rely on these: a code never changes its meaning.
public final class ExitCodes {
    /// Everything that was selected arrived, perhaps with warnings.
    public static final int SUCCESS = 0;

    /// Finished, but something failed; for `check`: the sides differ.
    public static final int FAILED = 1;

    /// Wrong usage: nothing was done.
    public static final int USAGE = 2;

    /// A guard refused, or held back the deletes.
    public static final int REFUSED = 3;

    /// Another run works on the same pair.
    public static final int IN_USE = 4;

    /// All went well, and no file had to go over: only where `--error-on-no-transfer` asks for it.
    public static final int NO_TRANSFER = 9;

    /// A fault of Skyferry itself, or a build that failed.
    public static final int FAULT = 70;

    /// The launcher found no Java that is new enough.
    public static final int NO_JAVA = 78;

    /// Ctrl-C.
    public static final int INTERRUPTED = 130;

    /// Nobody reads the output any more.
    public static final int OUTPUT_CLOSED = 141;

    /// Told to end by the system.
    public static final int TERMINATED = 143;

    private ExitCodes() {}
}
