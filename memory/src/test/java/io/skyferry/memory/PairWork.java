package io.skyferry.memory;

import io.skyferry.engine.pair.PairMemory;
import io.skyferry.engine.pair.PairSamples;
import io.skyferry.engine.pair.Side;
import io.skyferry.storage.Part;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// What a child process does with a memory.
final class PairWork {
    /// So many rows are put between two uploads that are begun.
    static final int ROWS_FOR_AN_UPLOAD = 97;

    private final PrintStream out =
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    private final Homes home;

    private PairWork(Homes home) {
        this.home = home;
    }

    /// Does one of the works below.
    public static void main(String[] args) throws IOException {
        var work = new PairWork(new Homes(Path.of(args[0])));
        switch (args[1]) {
            case "hold" -> work.hold();
            case "write" -> work.write();
            case "names" -> work.names();
            default -> throw new IllegalArgumentException("Want a work but have '%s'".formatted(args[1]));
        }
    }

    /// Holds the pair until the input ends.
    private void hold() throws IOException {
        try (PairMemory memory = home.open();
                InputStream in = new FileInputStream(FileDescriptor.in)) {
            memory.put(Homes.row(0));
            out.println("held");
            while (in.read() >= 0) {
                // Until it ends.
            }
        }
        out.println("let go");
    }

    /// Writes rows where an earlier one stopped, without an end; tells of each upload that is on the medium.
    private void write() {
        try (PairMemory memory = home.open()) {
            out.println("opened");
            for (int i = (int) memory.agreedFiles(); ; i++) {
                memory.put(Homes.row(i));
                if (i % ROWS_FOR_AN_UPLOAD == 0) {
                    String path = "upload " + i;
                    memory.begin(PairSamples.begun(Side.RIGHT, path));
                    memory.promise(
                            Side.RIGHT, PairSamples.begun(Side.RIGHT, path).path(), 1, "promise " + i);
                    memory.arrived(
                            Side.RIGHT, PairSamples.begun(Side.RIGHT, path).path(), new Part(1, i, "tag"));
                    out.println(i);
                }
            }
        }
    }

    /// Puts rows with names that are odd, the same ones at each call.
    private void names() {
        try (PairMemory memory = home.open()) {
            var random = new SplittableRandom(42);
            for (int i = 0; i < 200; i++) {
                memory.put(PairSamples.anything(random));
            }
        }
        out.println("put");
    }
}
