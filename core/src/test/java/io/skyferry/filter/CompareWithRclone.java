package io.skyferry.filter;

import io.skyferry.rclone.Rclone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Compares filters with rclone over as many cases as wanted: `CompareWithRclone CASES [SEED]`.
final class CompareWithRclone {
    private CompareWithRclone() {}

    @SuppressWarnings("SystemOut") // The report of a program for the command line.
    public static void main(String[] arguments) throws IOException {
        int cases = Integer.parseInt(arguments[0]);
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        RcloneComparison.Result result = compared(cases, seed);
        result.unexplained().forEach(System.out::println);
        System.out.printf(
                "%s cases from seed %s: %s agree, %s refused by both, explained %s, unexplained %s%n",
                cases,
                seed,
                result.agreed(),
                result.refusedByBoth(),
                result.explained(),
                result.unexplained().size());
        System.exit(result.unexplained().isEmpty() ? 0 : 1);
    }

    private static RcloneComparison.Result compared(int cases, long seed) throws IOException {
        Path scratch = Files.createTempDirectory("compare-with-rclone");
        try (Rclone rclone = Rclone.start()) {
            return new RcloneComparison(rclone, scratch).run(cases, seed);
        } finally {
            remove(scratch);
        }
    }

    private static void remove(Path scratch) throws IOException {
        try (Stream<Path> tree = Files.walk(scratch)) {
            for (Path path : List.copyOf(tree.sorted(Comparator.reverseOrder()).toList())) {
                Files.delete(path);
            }
        }
    }
}
