import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Random;

/// Makes the bench's data sets, the same bytes and times each time: `java bench/MakeData.java FOLDER SET...`.
///
/// small: 10,000 files of 4 KiB in 100 folders; tree: 100,000 tiny files in a deep tree; scan: 300,000 empty files in
/// 3,030 folders; large: one file of 2 GiB; gibibyte: one file of 1 GiB; photos: 200 files of 5 MiB; million: 1,000,000 empty files in 1,000 folders.
public final class MakeData {
    private static final long START_SECONDS = 1_577_836_800L;

    private MakeData() {}

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        for (int i = 1; i < args.length; i++) {
            Path set = root.resolve(args[i]);
            Path done = root.resolve("." + args[i]);
            if (Files.exists(done)) {
                continue;
            }
            Files.createDirectories(set);
            switch (args[i]) {
                case "small" -> grid(set, 100, 100, 4096);
                case "tree" -> tree(set);
                case "scan" -> grid(set, 3_030, 99, 0);
                case "large" -> big(set.resolve("image.vmdk"), 2L << 30, 1);
                case "gibibyte" -> big(set.resolve("disk.img"), 1L << 30, 2);
                case "photos" -> {
                    for (int n = 0; n < 200; n++) {
                        big(set.resolve("photo%03d.jpg".formatted(n)), 5L << 20, n);
                    }
                }
                case "million" -> grid(set, 1_000, 1_000, 0);
                default -> throw new IllegalArgumentException("Want a data set but have '%s'".formatted(args[i]));
            }
            Files.createFile(done);
        }
    }

    private static void grid(Path root, int folders, int files, int bytes) throws IOException {
        var random = new Random(7);
        byte[] content = new byte[bytes];
        for (int folder = 0; folder < folders; folder++) {
            Path dir = Files.createDirectories(root.resolve("dir%04d".formatted(folder)));
            for (int file = 0; file < files; file++) {
                random.nextBytes(content);
                put(dir.resolve("file%04d.bin".formatted(file)), content, folder * 1000L + file);
            }
        }
    }

    private static void tree(Path root) throws IOException {
        long number = 0;
        for (int a = 0; a < 10; a++) {
            for (int b = 0; b < 10; b++) {
                for (int c = 0; c < 10; c++) {
                    Path dir = Files.createDirectories(root.resolve("a%s/b%s/c%s/d/e/f".formatted(a, b, c)));
                    for (int k = 0; k < 100; k++) {
                        put(dir.resolve("n%02d.txt".formatted(k)), (number + "\n").getBytes(), number++);
                    }
                }
            }
        }
    }

    private static void put(Path file, byte[] content, long seconds) throws IOException {
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis((START_SECONDS + seconds) * 1000));
    }

    private static void big(Path file, long bytes, long seed) throws IOException {
        var random = new Random(seed);
        byte[] block = new byte[1 << 20];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long left = bytes; left > 0; left -= block.length) {
                random.nextBytes(block);
                out.write(block, 0, (int) Math.min(left, block.length));
            }
        }
        Files.setLastModifiedTime(file, FileTime.fromMillis((START_SECONDS + seed) * 1000));
    }
}
