package io.skyferry.app;

import io.skyferry.control.run.Folders;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where runs keep what does not fit into memory: a folder for each, named after its process.
final class SpillFolders {
    private static final Pattern NAME = Pattern.compile("run-([0-9]{1,18})-[0-9]+");
    private static final AtomicLong COUNT = new AtomicLong();

    private final Path all;

    SpillFolders(Path all) {
        this.all = all;
    }

    /// A folder for a new run, which makes it when it needs it. What runs of dead processes left is removed.
    Path next() {
        removeLeftovers();
        return all.resolve("run-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
    }

    private void removeLeftovers() {
        if (!Files.isDirectory(all)) {
            return;
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(all)) {
            for (Path folder : folders) {
                Matcher name = NAME.matcher(folder.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    Folders.remove(folder);
                }
            }
        } catch (IOException failure) {
            // Another run may be removing the same: what is left is removed by the next one.
            System.getLogger(SpillFolders.class.getName())
                    .log(Level.DEBUG, "Leftovers in ''{0}'' stay: {1}", all, failure);
        }
    }
}
