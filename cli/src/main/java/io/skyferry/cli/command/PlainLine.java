package io.skyferry.cli.command;

import io.skyferry.cli.Action;
import io.skyferry.cli.Context;
import io.skyferry.cli.option.RunArguments;
import io.skyferry.engine.options.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Lines such as `sync ~/Documents /mnt/backup`: a command and its two places, no option.
///
/// They are understood without the model of some ninety options, which takes as long to make as small runs do to work.
public final class PlainLine {
    private static final Map<String, Mode> MODES = Map.of("copy", Mode.COPY, "sync", Mode.SYNC, "move", Mode.MOVE);
    private static final int WORDS = 3;

    private PlainLine() {}

    /// What a line asks for; empty for all that are not plain.
    public static Optional<Action> action(Context context, List<String> args) {
        Mode mode = args.size() == WORDS ? MODES.get(args.getFirst()) : null;
        if (mode == null || !isPlain(args.get(1)) || !isPlain(args.get(2))) {
            return Optional.empty();
        }
        RunArguments places = RunArguments.between(args.get(1), args.get(2));
        return Optional.of(() -> new OneWayCommand(context, mode, places).run());
    }

    /// Options begin with `-`, files of arguments with `@`.
    private static boolean isPlain(String text) {
        return !text.isEmpty() && text.charAt(0) != '-' && text.charAt(0) != '@';
    }
}
