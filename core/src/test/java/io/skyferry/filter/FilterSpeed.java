package io.skyferry.filter;

import io.skyferry.storage.Entry;
import io.skyferry.storage.RelPath;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Measures what a filter costs: `FilterSpeed`, no arguments.
final class FilterSpeed {
    private static final int FILES = 1_000_000;
    private static final int ROUNDS = 5;
    private static final List<String> RULES = List.of(
            "- .zfs",
            "- .zfs/**",
            "- *.tmp",
            "- *.bak",
            "- ~*",
            "- .DS_Store",
            "- Thumbs.db",
            "- /ix-applications/**",
            "- /lost+found/",
            "- node_modules/",
            "- .cache/**",
            "- *.{iso,img,vmdk}",
            "- /home/*/Downloads/**",
            "- **/cache/*.dat",
            "- core.[0-9]*",
            "- *~",
            "- {{.*\\.part\\d+}}",
            "+ /photos/**",
            "+ *.{jpg,jpeg,png,raw}",
            "- /scratch/**");

    private FilterSpeed() {}

    @SuppressWarnings("SystemOut") // The report of a program for the command line.
    public static void main(String[] arguments) {
        List<Entry.File> files = files();
        time("20 rules", filter(FilterFlags.NONE, RULES), files);
        time("20 rules, case ignored", filter(FilterFlags.NONE.withCaseIgnored(), RULES), files);
        time("1 rule", filter(FilterFlags.NONE, List.of("- *.tmp")), files);
        time("hash part", FilterFlags.NONE.with(FilterFlag.HASH_FILTER, "0/4"), files);
        List<RelPath> directories =
                files.stream().map(file -> file.path().parent()).distinct().toList();
        Filter filter = build(filter(FilterFlags.NONE, RULES));
        for (int round = 0; round < ROUNDS; round++) {
            long start = cpuNanos();
            long entered = directories.stream().filter(filter::mayHold).count();
            long nanos = cpuNanos() - start;
            System.out.printf(
                    "%s: %s of %s directories entered, %s ns each%n",
                    "20 rules", entered, directories.size(), nanos / directories.size());
        }
    }

    private static FilterFlags filter(FilterFlags flags, List<String> rules) {
        FilterFlags more = flags;
        for (String rule : rules) {
            more = more.with(FilterFlag.FILTER, rule);
        }
        return more;
    }

    private static Filter build(FilterFlags flags) {
        return flags.build(Flags.NOW, name -> name, new Random(1));
    }

    @SuppressWarnings("SystemOut") // The report of a program for the command line.
    private static void time(String name, FilterFlags flags, List<Entry.File> files) {
        Filter filter = build(flags);
        for (int round = 0; round < ROUNDS; round++) {
            long start = cpuNanos();
            long selected = files.stream().filter(filter::selects).count();
            long nanos = cpuNanos() - start;
            System.out.printf("%s: %s of %s selected, %s ns each%n", name, selected, FILES, nanos / FILES);
        }
    }

    /// Time on a processor, so that a busy machine measures the same.
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static List<Entry.File> files() {
        var random = new Random(1);
        List<String> tops =
                List.of("home/anna", "photos/2025", "projects/app/src", "scratch", "home/bob/Downloads", "mail");
        List<String> ends = List.of(".jpg", ".txt", ".java", ".tmp", ".pdf", ".iso", "", ".JPG", ".part12");
        return IntStream.range(0, FILES)
                .mapToObj(i -> tops.get(random.nextInt(tops.size())) + "/folder-" + i / 100 + "/IMG_" + i
                        + ends.get(random.nextInt(ends.size())))
                .map(Flags::file)
                .toList();
    }
}
