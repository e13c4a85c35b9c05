package io.skyferry.filter;

/// A flag that says which files a command is about; names and meanings are rclone's.
public enum FilterFlag {
    /// A rule: `+ PATTERN`, `- PATTERN`, or `!`, which forgets all rules so far.
    FILTER("--filter"),
    /// A file of such rules, one a line.
    FILTER_FROM("--filter-from"),
    /// A pattern of files to select; what no rule matches is then left out.
    INCLUDE("--include"),
    /// A file of such patterns, one a line.
    INCLUDE_FROM("--include-from"),
    /// A pattern of files to leave out.
    EXCLUDE("--exclude"),
    /// A file of such patterns, one a line.
    EXCLUDE_FROM("--exclude-from"),
    /// A file of paths, one a line: these files and no others.
    FILES_FROM("--files-from"),
    /// The same, where blanks, `#` and `;` are part of a path.
    FILES_FROM_RAW("--files-from-raw"),
    /// The same, with a NUL after each path instead of a line's end.
    FILES_FROM0("--files-from0"),
    /// A name: a directory that holds a file of that name is left out, with everything below it.
    EXCLUDE_IF_PRESENT("--exclude-if-present"),
    /// A size: smaller files are left out.
    MIN_SIZE("--min-size"),
    /// A size: larger files are left out.
    MAX_SIZE("--max-size"),
    /// An age: younger files are left out.
    MIN_AGE("--min-age"),
    /// An age: older files are left out.
    MAX_AGE("--max-age"),
    /// `K/N`: of N parts that the files are spread over by their names, the Kth; `@/N` for one at random.
    HASH_FILTER("--hash-filter");

    private final String spelling;

    FilterFlag(String spelling) {
        this.spelling = spelling;
    }

    /// As it is written on a command line.
    public String spelling() {
        return spelling;
    }

    /// Whether its value names a file that holds rules or paths.
    public boolean namesFile() {
        return switch (this) {
            case FILTER_FROM, INCLUDE_FROM, EXCLUDE_FROM, FILES_FROM, FILES_FROM_RAW, FILES_FROM0 -> true;
            case FILTER, INCLUDE, EXCLUDE, EXCLUDE_IF_PRESENT, MIN_SIZE, MAX_SIZE, MIN_AGE, MAX_AGE, HASH_FILTER ->
                false;
        };
    }
}
