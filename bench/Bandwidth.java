import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Measures how exactly a bandwidth limit is kept: `java bench/Bandwidth.java LAUNCHER SCRATCH RESULT NAME TARGET [OPTION...]`.
///
/// Copies 1, 8 and 64 equal files at once under limits from 64 KiB to 100 MiB a second, and reads how many bytes of each
/// had passed at the second and at the twelfth of its progress events, a second apart each. The files are sparse and last
/// for twice that time. TARGET gets a folder for each case; a local one is emptied.
public final class Bandwidth {
    private static final Pattern TOTAL = Pattern.compile("\"done\":\\{\"files\":\\d+,\"bytes\":(\\d+)}");
    private static final Pattern FLIGHT = Pattern.compile("\\{\"path\":\"([^\"]*)\",\"done\":(\\d+),");
    private static final int SECONDS = 10;

    private Bandwidth() {}

    private record Sight(long nanos, long bytes, Map<String, Long> files) {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var text = new StringBuilder("| limit, %s | files | rate over %s s, of the limit | smallest to largest share |%n| --- | ---: | ---: | ---: |%n"
                .formatted(args[3], SECONDS));
        for (String limit : List.of("64Ki", "1Mi", "10Mi", "100Mi")) {
            for (int files : new int[] {1, 8, 64}) {
                text.append(measure(args, limit, files));
            }
        }
        Files.writeString(Path.of(args[2]), text);
        System.out.print(text);
    }

    private static String measure(String[] args, String limit, int files) throws IOException, InterruptedException {
        Path source = Path.of(args[1], limit + "-" + files);
        Files.createDirectories(source);
        for (int i = 0; i < files; i++) {
            try (var file = new RandomAccessFile(source.resolve("file%02d".formatted(i)).toFile(), "rw")) {
                file.setLength(2 * SECONDS * (long) bytes(limit) / files);
            }
        }
        String target = args[4] + "/limited-" + limit + "-" + files;
        List<String> command = new ArrayList<>(List.of(args[0], "copy", "--json", "--stats", "1s", "--bwlimit", limit));
        command.addAll(List.of("--transfers", Integer.toString(files), source.toString(), target));
        command.addAll(List.of(args).subList(5, args.length));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        List<Sight> sights = new ArrayList<>();
        try (var lines = process.inputReader()) {
            // The first second is left out: connections are made, and the bucket begins empty.
            while (sights.size() < SECONDS + 2) {
                String line = lines.readLine();
                if (line == null) {
                    throw new IOException("The copy ended before it was measured");
                }
                if (line.startsWith("{\"event\":\"progress\"")) {
                    sights.add(sight(line));
                }
            }
        } finally {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
        remove(Path.of(target));
        Sight from = sights.get(1);
        Sight to = sights.get(SECONDS + 1);
        double rate = (to.bytes() - from.bytes()) / ((to.nanos() - from.nanos()) / 1e9);
        Map<String, Long> shares = new TreeMap<>();
        to.files().forEach((file, bytes) -> shares.put(file, bytes - from.files().getOrDefault(file, 0L)));
        long least = shares.values().stream().mapToLong(Long::longValue).min().orElse(0);
        long most = shares.values().stream().mapToLong(Long::longValue).max().orElse(0);
        return "| %s | %s | %.1f %% | %.1f %% |%n".formatted(limit, files, 100 * rate / bytes(limit), 100.0 * least / most);
    }

    private static Sight sight(String line) {
        long now = System.nanoTime();
        Matcher total = TOTAL.matcher(line);
        if (!total.find()) {
            throw new IllegalArgumentException("Want the bytes that are done but have " + line);
        }
        Map<String, Long> files = new HashMap<>();
        Matcher flight = FLIGHT.matcher(line);
        while (flight.find()) {
            files.put(flight.group(1), Long.parseLong(flight.group(2)));
        }
        return new Sight(now, Long.parseLong(total.group(1)), files);
    }

    private static double bytes(String limit) {
        double number = Double.parseDouble(limit.substring(0, limit.length() - 2));
        return number * (limit.endsWith("Ki") ? 1 << 10 : 1 << 20);
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
