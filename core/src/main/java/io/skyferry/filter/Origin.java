package io.skyferry.filter;

/// Where a rule was written.
///
/// @param source the flag, with the file's name where it named one: `--exclude`, `--filter-from rules.txt`
/// @param line of that file, counted from 1; 0 where the flag itself held the rule
public record Origin(String source, int line) {
    @Override
    public String toString() {
        return line == 0 ? source : "%s, line %s".formatted(source, line);
    }
}
