import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Makes the table of medians and ratios: `java bench/Table.java RAW RESULT RCLONE-VERSION OUR-VERSION`.
public final class Table {
    private Table() {}

    private record Run(double wall, double user, double system, double peakMib) {}

    public static void main(String[] args) throws IOException {
        Map<String, Map<String, List<Run>>> cases = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            String[] f = line.split("\t");
            cases.computeIfAbsent(f[0], _ -> new LinkedHashMap<>())
                    .computeIfAbsent(f[1], _ -> new ArrayList<>())
                    .add(new Run(number(f[2]), number(f[3]), number(f[4]), number(f[5]) / 1024));
        }
        var text = new StringBuilder();
        text.append("# Results\n\nMade by `bench/run`. Medians of whole processes; ratios are ours to rclone's in the same run,")
                .append(" so less is better.\n\n");
        text.append("- machine: ").append(machine()).append('\n');
        text.append("- ").append(args[3]).append("; JDK ").append(Runtime.version()).append("; ").append(args[2]).append("\n\n");
        text.append("| case | ours wall s | user s | sys s | peak MiB | rclone wall s | user s | sys s | peak MiB |")
                .append(" wall | user CPU | CPU |\n| --- |").append(" ---: |".repeat(11)).append('\n');
        cases.forEach((name, sides) -> {
            Run ours = median(sides.get("skyferry"));
            Run theirs = median(sides.get("rclone"));
            text.append("| %s | %s | %s |".formatted(name, cells(ours), cells(theirs)))
                    .append(" **%.2f** | **%.2f** | **%.2f** |%n"
                            .formatted(
                                    ours.wall() / theirs.wall(),
                                    ours.user() / Math.max(0.001, theirs.user()),
                                    (ours.user() + ours.system()) / Math.max(0.001, theirs.user() + theirs.system())));
        });
        Files.writeString(Path.of(args[1]), text);
    }

    private static double number(String text) {
        return Double.parseDouble(text);
    }

    private static String cells(Run run) {
        return "%.3f | %.2f | %.2f | %.0f".formatted(run.wall(), run.user(), run.system(), run.peakMib());
    }

    private static Run median(List<Run> runs) {
        return new Run(
                middle(runs.stream().mapToDouble(Run::wall).sorted().toArray()),
                middle(runs.stream().mapToDouble(Run::user).sorted().toArray()),
                middle(runs.stream().mapToDouble(Run::system).sorted().toArray()),
                runs.stream().mapToDouble(Run::peakMib).max().orElse(0));
    }

    private static double middle(double[] sorted) {
        return sorted[sorted.length / 2];
    }

    private static String machine() throws IOException {
        String model = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 2))
                .findFirst()
                .orElse("unknown");
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        return "%s, %s processors, Linux %s, load %s at the end"
                .formatted(model, Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"), load);
    }
}
