package io.skyferry.control.run;

import io.skyferry.control.crypt.Encryption;
import io.skyferry.engine.options.Mode;
import io.skyferry.engine.plan.Step;
import io.skyferry.engine.plan.StepLines;
import io.skyferry.engine.run.OneWayRun.SuffixPlace;
import io.skyferry.engine.scan.EntryLines;
import io.skyferry.hash.Hasher;
import io.skyferry.storage.HashType;
import io.skyferry.storage.LayerSpec;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageSpec;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A plan that is kept: which places, then one line for each step, then a checksum over all of it.
///
/// Lines are those of [StepLines], so a plan can be read, but not edited: the checksum would not fit any more.
public final class PlanFile {
    private static final String MAGIC = "skyferry-plan";
    private static final String FORMAT = "1";
    private static final String END = "end";
    private static final String STEPS = "steps";

    /// Stands before the key of a layer, where a provider's setting would have its name: none begins so.
    private static final String LAYER = "+";

    private PlanFile() {}

    /// What stands before the steps.
    public record Header(
            Mode mode,
            StorageSpec source,
            StorageSpec target,
            Optional<OneWayTask.Backup> backup,
            List<OneWayTask.Reference> references,
            PlannedPlaces places) {
        /// The header of a task's plan.
        public static Header of(OneWayTask task, PlannedPlaces places) {
            return new Header(task.mode(), task.source(), task.target(), task.backup(), task.references(), places);
        }
    }

    /// Writes a plan; the file appears when it is whole.
    public static final class Writer implements AutoCloseable {
        private final Path file;
        private final Path unfinished;
        private final OutputStream out;
        private final Hasher hasher = Hasher.of(HashType.SHA256);
        private long steps;

        /// Begins a plan.
        ///
        /// @param scratch holds it until it is whole: its own folder may be the very one that is being listed
        /// @throws IOException if the file cannot be made
        public Writer(Path file, Path scratch) throws IOException {
            this.file = file;
            Files.delete(beside(file));
            Files.createDirectories(scratch);
            this.unfinished = Files.createTempFile(scratch, "plan", ".tmp");
            this.out = new BufferedOutputStream(Files.newOutputStream(unfinished));
        }

        private static Path beside(Path file) throws IOException {
            Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElseThrow();
            return Files.createTempFile(folder, ".skyferry-plan", ".tmp");
        }

        /// Writes what stands before the steps.
        public void begin(Header header) {
            line(EntryLines.join(MAGIC, List.of(FORMAT)));
            line(EntryLines.join("mode", List.of(header.mode().name())));
            line(EntryLines.join("source", fieldsOf(header.source())));
            line(EntryLines.join("target", fieldsOf(header.target())));
            line(EntryLines.join(
                    "at", List.of(header.places().source(), header.places().target())));
            header.backup().ifPresent(backup -> {
                List<String> fields = new ArrayList<>(List.of(backup.suffix()));
                backup.place().ifPresent(place -> fields.addAll(fieldsOf(place)));
                line(EntryLines.join("backup", fields));
                line(EntryLines.join("suffix", List.of(backup.where().name())));
            });
            header.references()
                    .forEach(one -> line(EntryLines.join(one.copies() ? "copies" : "compares", fieldsOf(one.place()))));
            line(STEPS);
        }

        /// Writes one step.
        public void step(Step step) {
            steps++;
            line(StepLines.write(step));
        }

        private void line(String line) {
            byte[] bytes = RelPath.bytesOf(line + "\n");
            hasher.update(bytes, 0, bytes.length);
            write(bytes);
        }

        private void write(byte[] bytes) {
            try {
                out.write(bytes);
            } catch (IOException failure) {
                throw new UncheckedIOException("The plan '%s' cannot be written".formatted(file), failure);
            }
        }

        /// Makes the file, whole.
        public void finish() throws IOException {
            write(RelPath.bytesOf(EntryLines.join(END, List.of(Long.toString(steps), hasher.hex())) + "\n"));
            out.close();
            Path whole = beside(file);
            try {
                try (OutputStream copy = Files.newOutputStream(whole)) {
                    Files.copy(unfinished, copy);
                }
                Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException failure) {
                Files.delete(whole);
                throw failure;
            }
        }

        /// Drops what was not finished.
        @Override
        public void close() throws IOException {
            out.close();
            Files.deleteIfExists(unfinished);
        }
    }

    private static List<String> fieldsOf(StorageSpec spec) {
        List<String> fields = new ArrayList<>(List.of(spec.provider()));
        spec.settings().forEach((name, value) -> fields.addAll(List.of(name, value)));
        for (LayerSpec layer : spec.layers()) {
            fields.addAll(List.of(LAYER + layer.kind(), ""));
            layer.settings().forEach((name, value) -> {
                if (!name.equals(Encryption.PASSWORD) && !name.equals(Encryption.SALT)) {
                    fields.addAll(List.of(name, value));
                }
            });
        }
        return fields;
    }

    /// Reads a plan that was found to be whole.
    public static final class Reader implements Iterator<Step>, AutoCloseable {
        private final Lines lines;
        private final Header header;
        private @Nullable String next;

        /// Opens a plan.
        ///
        /// @throws IOException if the file cannot be read
        /// @throws RefusedException if it is no whole plan
        public Reader(Path file) throws IOException {
            verify(file);
            this.lines = new Lines(file);
            try {
                this.header = readHeader(lines, file);
                this.next = lines.next();
            } catch (IOException | IllegalArgumentException damaged) {
                lines.close();
                var refused =
                        new RefusedException("'%s' cannot be read as a plan: %s".formatted(file, damaged.getMessage()));
                refused.initCause(damaged);
                throw refused;
            }
        }

        /// What stands before the steps.
        public Header header() {
            return header;
        }

        @Override
        public boolean hasNext() {
            return next != null && !next.startsWith(END + "\t");
        }

        @Override
        public Step next() {
            String line = next;
            if (line == null || !hasNext()) {
                throw new NoSuchElementException();
            }
            try {
                next = lines.next();
            } catch (IOException failure) {
                throw new UncheckedIOException("The plan cannot be read any further", failure);
            }
            return StepLines.read(line);
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private static void verify(Path file) throws IOException {
        Hasher hasher = Hasher.of(HashType.SHA256);
        long steps = 0;
        boolean begun = false;
        try (var lines = new Lines(file)) {
            String first = lines.next();
            if (first == null || !EntryLines.split(first).equals(List.of(MAGIC, FORMAT))) {
                throw new RefusedException("Want a plan that --plan-out made but have '%s'".formatted(file));
            }
            for (String line = first; line != null; line = lines.next()) {
                if (line.startsWith(END + "\t")) {
                    List<String> wanted = List.of(END, Long.toString(steps), hasher.hex());
                    if (EntryLines.split(line).equals(wanted) && lines.next() == null) {
                        return;
                    }
                    break;
                }
                byte[] bytes = RelPath.bytesOf(line + "\n");
                hasher.update(bytes, 0, bytes.length);
                steps += begun ? 1 : 0;
                begun |= line.equals(STEPS);
            }
        }
        throw new RefusedException("The plan '%s' is not whole or was changed. Nothing was done".formatted(file));
    }

    private static Header readHeader(Lines lines, Path file) throws IOException {
        Map<String, List<String>> parts = new LinkedHashMap<>();
        List<OneWayTask.Reference> references = new ArrayList<>();
        for (String line = lines.next(); line != null && !line.equals(STEPS); line = lines.next()) {
            List<String> fields = EntryLines.split(line);
            List<String> values = fields.subList(1, fields.size());
            switch (fields.getFirst()) {
                case "copies" -> references.add(new OneWayTask.Reference(spec(values), true));
                case "compares" -> references.add(new OneWayTask.Reference(spec(values), false));
                default -> parts.put(fields.getFirst(), values);
            }
        }
        if (!parts.keySet().containsAll(List.of("mode", "source", "target", "at"))) {
            throw new IllegalArgumentException(
                    "want mode, source, target and at but have %s in '%s'".formatted(parts.keySet(), file));
        }
        return new Header(
                Mode.valueOf(part(parts, "mode").getFirst()),
                spec(part(parts, "source")),
                spec(part(parts, "target")),
                Optional.ofNullable(parts.get("backup")).map(fields -> backup(fields, suffixPlace(parts))),
                references,
                new PlannedPlaces(
                        part(parts, "at").getFirst(), part(parts, "at").getLast()));
    }

    private static List<String> part(Map<String, List<String>> parts, String name) {
        return parts.getOrDefault(name, List.of());
    }

    /// Plans of before there was a choice do not say.
    private static SuffixPlace suffixPlace(Map<String, List<String>> parts) {
        List<String> said = part(parts, "suffix");
        return said.isEmpty() ? SuffixPlace.BEHIND_NAME : SuffixPlace.valueOf(said.getFirst());
    }

    private static OneWayTask.Backup backup(List<String> fields, SuffixPlace where) {
        List<String> place = fields.subList(1, fields.size());
        return new OneWayTask.Backup(
                place.isEmpty() ? Optional.empty() : Optional.of(spec(place)), fields.getFirst(), where);
    }

    private static StorageSpec spec(List<String> fields) {
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, String> current = settings;
        List<String> kinds = new ArrayList<>();
        List<Map<String, String>> layers = new ArrayList<>();
        for (int i = 1; i + 1 < fields.size(); i += 2) {
            if (fields.get(i).startsWith(LAYER)) {
                kinds.add(fields.get(i).substring(LAYER.length()));
                current = new LinkedHashMap<>();
                layers.add(current);
            } else {
                current.put(fields.get(i), fields.get(i + 1));
            }
        }
        List<LayerSpec> made = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            made.add(new LayerSpec(kinds.get(i), layers.get(i)));
        }
        return new StorageSpec(fields.getFirst(), settings, made);
    }

    /// The lines of a file, whatever bytes they hold.
    private static final class Lines implements AutoCloseable {
        private final InputStream in;

        Lines(Path file) throws IOException {
            this.in = new BufferedInputStream(Files.newInputStream(file));
        }

        @Nullable
        String next() throws IOException {
            var bytes = new ByteArrayOutputStream(160);
            for (int b = in.read(); b >= 0; b = in.read()) {
                if (b == '\n') {
                    byte[] line = bytes.toByteArray();
                    return RelPath.textOf(line, 0, line.length);
                }
                bytes.write(b);
            }
            return bytes.size() == 0 ? null : "";
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
