package io.skyferry.cli.command;

import io.skyferry.cli.Context;
import io.skyferry.cli.ExitCodes;
import io.skyferry.cli.console.Names;
import io.skyferry.cli.console.Output;
import io.skyferry.control.crypt.Encryption.Translated;
import io.skyferry.control.json.Json;
import java.util.List;
import java.util.function.Function;

/// Prints what names become: one result a line on standard output, one error a line on standard error.
final class NameLines {
    private NameLines() {}

    /// Translates each path.
    ///
    /// @return the exit code
    static int print(Context context, List<String> paths, boolean json, Function<String, Translated> translation) {
        Output out = context.console().out();
        boolean whole = true;
        for (String path : paths) {
            switch (translation.apply(path)) {
                case Translated.Path(String text) ->
                    out.line(
                            json
                                    ? new Json()
                                            .put("path", path)
                                            .put("result", text)
                                            .toString()
                                    : out.name(text));
                case Translated.Refused(String reason) -> {
                    whole = false;
                    if (json) {
                        out.line(new Json()
                                .put("path", path)
                                .put("error", reason)
                                .toString());
                    }
                    context.console().err().line("skyferry: '%s': %s".formatted(Names.shown(path), reason));
                }
            }
        }
        return whole ? ExitCodes.SUCCESS : ExitCodes.FAILED;
    }
}
