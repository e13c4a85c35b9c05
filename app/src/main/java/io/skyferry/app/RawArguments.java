package io.skyferry.app;

import io.skyferry.storage.RelPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The arguments of this process as the bytes they are.
///
/// The JVM reads its arguments by the locale and replaces what it cannot read, so that a folder whose name is no UTF-8
/// could not be named. Linux keeps the bytes; where it does not, the JVM's reading has to do.
final class RawArguments {
    private static final Path OWN_COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final char REPLACEMENT = '\uFFFD';

    private RawArguments() {}

    /// The same arguments; bytes that are no UTF-8 are kept as lone surrogates, as in [RelPath].
    static List<String> of(String[] read) {
        for (String argument : read) {
            if (argument.indexOf(REPLACEMENT) >= 0 || argument.indexOf('?') >= 0) {
                return fromSystem(List.of(read));
            }
        }
        return List.of(read);
    }

    private static List<String> fromSystem(List<String> read) {
        try {
            return last(Files.readAllBytes(OWN_COMMAND_LINE), read);
        } catch (IOException elsewhere) {
            return read;
        }
    }

    /// The last arguments of a command line, if they can be those that were read.
    static List<String> last(byte[] commandLine, List<String> read) {
        List<String> all = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                all.add(RelPath.textOf(commandLine, start, i - start));
                start = i + 1;
            }
        }
        if (all.size() < read.size()) {
            return read;
        }
        List<String> own = all.subList(all.size() - read.size(), all.size());
        for (int i = 0; i < read.size(); i++) {
            boolean isPlain =
                    read.get(i).indexOf(REPLACEMENT) < 0 && read.get(i).indexOf('?') < 0;
            if (isPlain && !read.get(i).equals(own.get(i))) {
                return read;
            }
        }
        return List.copyOf(own);
    }
}
