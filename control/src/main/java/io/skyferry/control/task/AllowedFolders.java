package io.skyferry.control.task;

import io.skyferry.limits.FileTrouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// The folders of this machine below which tasks may work. Links do not lead out of them.
public record AllowedFolders(List<Path> folders) {
    /// Makes the list unchangeable.
    public AllowedFolders {
        folders = List.copyOf(folders);
    }

    /// Why a path is not allowed; empty: it is. It need not be there yet.
    public Optional<String> fault(String text) {
        Path path;
        try {
            path = Path.of(text);
        } catch (InvalidPathException wrong) {
            return Optional.of("Want a path of this machine but have '%s'".formatted(text));
        }
        if (!path.isAbsolute()) {
            return Optional.of("Want a path from the top but have '%s'".formatted(text));
        }
        for (Path one : path) {
            if (one.toString().equals("..")) {
                return Optional.of("Want a path without '..' but have '%s'".formatted(text));
            }
        }
        if (path.getFileName() != null && path.getFileName().toString().equals(".zfs")) {
            return Optional.of("Want a folder but have the one in which snapshots are shown");
        }
        try {
            Path real = real(path);
            for (Path folder : folders) {
                if (real.startsWith(real(folder))) {
                    return Optional.empty();
                }
            }
        } catch (IOException failure) {
            return Optional.of("'%s' cannot be looked at: %s".formatted(text, FileTrouble.of(failure)));
        }
        return Optional.of("The path must reside within one of the allowed folders: %s (see 'skyferry config set"
                        .formatted(folders.stream().map(Path::toString).collect(Collectors.joining(", ")))
                + " allowed-folders')");
    }

    /// Where a path really is; of one that is not there, as far as it is.
    private static Path real(Path path) throws IOException {
        Path there = path.normalize();
        Path rest = there.getFileSystem().getPath("");
        while (!Files.exists(there)) {
            Path above = there.getParent();
            if (above == null) {
                return path.normalize();
            }
            rest = Optional.ofNullable(there.getFileName()).orElseThrow().resolve(rest);
            there = above;
        }
        return there.toRealPath().resolve(rest).normalize();
    }
}
