import com.sun.management.OperatingSystemMXBean;
import io.skyferry.crypt.CryptFiles;
import io.skyferry.crypt.CryptKeys;
import io.skyferry.crypt.box.KernelChoice;
import io.skyferry.crypt.box.Kernels;
import io.skyferry.crypt.box.SecretBox;
import io.skyferry.crypt.box.SecretBoxKernel;
import io.skyferry.crypt.content.Nonce;
import io.skyferry.storage.Content;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.OptionalLong;

/// Measures encryption: `kernels`, or `encrypt`, `decrypt` FROM TO TIMES in one process, or `once-...` for one cold run.
public final class CryptBench {
    private static final int BLOCK = 64 << 10;
    private static final byte[] PASSWORD = {'p', 'o', 't', 'a', 't', 'o'};
    private static final byte[] SALT = {'s', 'a', 'u', 's', 'a', 'g', 'e'};

    private CryptBench() {}

    public static void main(String[] args) throws Exception {
        switch (args[0]) {
            case "kernels" -> {
                for (SecretBoxKernel kernel : Kernels.all()) {
                    kernel(kernel);
                }
            }
            case "encrypt", "decrypt" ->
                rounds(args[0], Path.of(args[1]), Path.of(args[2]), Integer.parseInt(args[3]), choice(args));
            default -> throw new IllegalArgumentException("Want 'kernels', 'encrypt' or 'decrypt'");
        }
    }

    private static KernelChoice choice(String[] args) {
        return args.length > 4 ? Kernels.fixed(args[4]).orElseThrow() : Kernels.shared();
    }

    /// MB a CPU-second of one thread, best of twelve rounds.
    private static void kernel(SecretBoxKernel kernel) {
        var box = new SecretBox(new byte[SecretBox.KEY], () -> kernel);
        byte[] nonce = new byte[SecretBox.NONCE];
        byte[] plain = new byte[BLOCK];
        byte[] sealed = new byte[BLOCK + SecretBox.TAG];
        var threads = ManagementFactory.getThreadMXBean();
        double sealing = 0;
        double opening = 0;
        for (int round = 0; round < 12; round++) {
            long start = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < 2000; i++) {
                box.seal(nonce, plain, 0, BLOCK, sealed, 0);
            }
            long middle = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < 2000; i++) {
                if (!box.open(nonce, sealed, 0, BLOCK, plain, 0)) {
                    throw new IllegalStateException("A block does not open");
                }
            }
            long end = threads.getCurrentThreadCpuTime();
            sealing = Math.max(sealing, 2000.0 * BLOCK * 1e3 / (middle - start));
            opening = Math.max(opening, 2000.0 * BLOCK * 1e3 / (end - middle));
        }
        System.out.printf("%-8s seal %5.0f  open %5.0f MB per CPU-second%n", kernel.name(), sealing, opening);
    }

    private static void rounds(String what, Path from, Path to, int times, KernelChoice choice) throws Exception {
        var files = new CryptFiles(CryptKeys.derive(PASSWORD, SALT), choice);
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        var random = new SecureRandom();
        for (int round = 1; round <= times; round++) {
            long start = system.getProcessCpuTime();
            try (InputStream in = Files.newInputStream(from);
                    InputStream made = what.equals("encrypt")
                            ? files.sealed(new WholeFile(from), Nonce.draw(random)).open(0, Long.MAX_VALUE)
                            : files.opened(in)) {
                Files.copy(made, to, StandardCopyOption.REPLACE_EXISTING);
            }
            System.out.printf(
                    "%s round %s: %.2f CPU-seconds, kernel %s%n",
                    what, round, (system.getProcessCpuTime() - start) / 1e9, choice.kernel().name());
        }
    }

    /// A file to be encrypted.
    private record WholeFile(Path path) implements Content {
        @Override
        public OptionalLong size() {
            return OptionalLong.empty();
        }

        @Override
        public InputStream open(long offset, long length) throws IOException {
            return Files.newInputStream(path);
        }

        @Override
        public String fingerprint() {
            return "";
        }

        @Override
        public Optional<Origin> origin() {
            return Optional.empty();
        }
    }
}
