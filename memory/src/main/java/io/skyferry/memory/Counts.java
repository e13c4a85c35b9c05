package io.skyferry.memory;

/// The numbers that go with the rows of a memory; written with each group.
///
/// @param rows agreed on, of files and directories
/// @param files agreed on
/// @param runs that wrote something; an older copy of the file has fewer
/// @param flushed rows of flushes up to this number are on the medium
/// @param older what told that this is an older copy, until a run went through it; else empty
record Counts(long rows, long files, long runs, long flushed, String older) {
    static final String NAME = "counts";

    static Counts unpack(RowReader in) {
        return new Counts(in.count(), in.count(), in.count(), in.count(), in.text());
    }

    byte[] packed(byte[] key) {
        return new RowWriter()
                .count(rows)
                .count(files)
                .count(runs)
                .count(flushed)
                .text(older)
                .sealed(key);
    }

    /// Whether these are the same numbers. A record's own comparison is linked at run time; that costs more than this.
    boolean isAs(Counts other) {
        return rows == other.rows
                && files == other.files
                && runs == other.runs
                && flushed == other.flushed
                && older.equals(other.older);
    }

    Counts withRows(long moreRows, long moreFiles) {
        return new Counts(rows + moreRows, files + moreFiles, runs, flushed, older);
    }

    Counts withRuns(long value) {
        return new Counts(rows, files, value, flushed, older);
    }

    Counts withFlushed(long value) {
        return new Counts(rows, files, runs, value, older);
    }

    Counts withOlder(String value) {
        return new Counts(rows, files, runs, flushed, value);
    }
}
