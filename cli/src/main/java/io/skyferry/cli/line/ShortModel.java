package io.skyferry.cli.line;

import io.skyferry.cli.option.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// A model of a command for one line: with those of its options alone that the line names, and without a look at
/// annotations, which takes longer for all options of a command than a small run does to work.
///
/// It understands a line as the whole model does, or not at all.
public final class ShortModel {
    private final Set<String> words;
    private final CommandSpec spec;

    private ShortModel(Object command, List<String> args) {
        words = optionsAmong(args);
        spec = CommandSpec.wrapWithoutInspection(command);
    }

    /// Gives a command what a line says.
    ///
    /// @param command as it was made; what is not understood may leave it half filled
    /// @param args behind the command's name
    /// @return whether they were understood; if not, the whole model says what is wrong
    public static boolean understands(Object command, List<String> args) {
        if (args.stream().anyMatch(arg -> arg.startsWith("@"))) {
            // A file of arguments may be a pipe, which can be read only once, and holds options that are not seen here.
            return false;
        }
        try {
            var model = new ShortModel(command, args);
            return Member.addAll(command.getClass().getName(), model.spec, command, model.words) && model.parse(args);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("Want the members that the index names but: " + impossible, impossible);
        }
    }

    /// What is an option or looks like one. If it is the value of one, the model has an option more than it needs.
    private static Set<String> optionsAmong(List<String> args) {
        Set<String> words = new HashSet<>();
        for (String arg : args) {
            if (arg.length() > 1 && arg.charAt(0) == '-' && !arg.equals("--")) {
                int sign = arg.startsWith("--") ? arg.indexOf('=') : -1;
                words.add(sign < 0 ? arg : arg.substring(0, sign));
            }
        }
        return words;
    }

    private boolean parse(List<String> args) {
        if (!spec.optionsMap().keySet().containsAll(words)) {
            return false;
        }
        try {
            var line = new CommandLine(spec);
            Values.register(line);
            line.parseArgs(args.toArray(String[]::new));
            return true;
        } catch (ParameterException wrong) {
            // Whatever is wrong is said by the whole model.
            return false;
        }
    }
}
