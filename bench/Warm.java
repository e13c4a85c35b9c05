import com.sun.management.OperatingSystemMXBean;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Runs one command several times inside one process and prints, for the last time, wall, user and system seconds and
/// the process's peak memory in KiB, parted by tabs: `java -cp 'lib/*' bench/Warm.java TIMES COMMAND...`. `{n}` in the command is
/// the number of the run.
public final class Warm {
    private Warm() {}

    public static void main(String[] args) throws Exception {
        int times = Integer.parseInt(args[0]);
        String[] command = Arrays.copyOfRange(args, 1, args.length);
        PrintStream out = System.out;
        double[] before = new double[3];
        double[] after = new double[3];
        for (int i = 0; i < times; i++) {
            before = now();
            String run = String.valueOf(i + 1);
            String[] numbered =
                    Arrays.stream(command).map(word -> word.replace("{n}", run)).toArray(String[]::new);
            int status = io.skyferry.app.Main.run(numbered, OutputStream.nullOutputStream());
            after = now();
            if (status != 0) {
                throw new IllegalStateException("Want exit code 0 but have " + status);
            }
        }
        out.printf(
                "%.3f\t%.3f\t%.3f\t%s%n",
                after[0] - before[0], after[1] - before[1], after[2] - before[2], peakKib());
    }

    /// Wall, user and system seconds up to now.
    private static double[] now() throws Exception {
        String[] fields = Files.readString(Path.of("/proc/self/stat")).split("\\) ")[1].split(" ");
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        double all = system.getProcessCpuTime() / 1e9;
        double user = Long.parseLong(fields[11]) / 100.0;
        return new double[] {System.nanoTime() / 1e9, user, Math.max(0, all - user)};
    }

    private static String peakKib() throws Exception {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .map(line -> line.replaceAll("[^0-9]", ""))
                .findFirst()
                .orElse("0");
    }
}
