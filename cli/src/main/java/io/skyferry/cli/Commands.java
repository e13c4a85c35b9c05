package io.skyferry.cli;

import io.skyferry.cli.command.AlertCommand;
import io.skyferry.cli.command.ApplyCommand;
import io.skyferry.cli.command.BwlimitCommand;
import io.skyferry.cli.command.CatCommand;
import io.skyferry.cli.command.CheckCommand;
import io.skyferry.cli.command.CleanupCommand;
import io.skyferry.cli.command.CompletionCommand;
import io.skyferry.cli.command.ConfigCommand;
import io.skyferry.cli.command.CopyCommand;
import io.skyferry.cli.command.CredentialCommand;
import io.skyferry.cli.command.CryptCatCommand;
import io.skyferry.cli.command.CryptCommand;
import io.skyferry.cli.command.CryptDecodeCommand;
import io.skyferry.cli.command.CryptEncodeCommand;
import io.skyferry.cli.command.CryptPutCommand;
import io.skyferry.cli.command.DecryptCommand;
import io.skyferry.cli.command.DeleteCommand;
import io.skyferry.cli.command.ExportCommand;
import io.skyferry.cli.command.FilterCommand;
import io.skyferry.cli.command.FilterListCommand;
import io.skyferry.cli.command.FilterTestCommand;
import io.skyferry.cli.command.ImportCommand;
import io.skyferry.cli.command.LogCommand;
import io.skyferry.cli.command.LsCommand;
import io.skyferry.cli.command.LsfCommand;
import io.skyferry.cli.command.LsjsonCommand;
import io.skyferry.cli.command.LslCommand;
import io.skyferry.cli.command.MkdirCommand;
import io.skyferry.cli.command.MoveCommand;
import io.skyferry.cli.command.ObscureCommand;
import io.skyferry.cli.command.RevealCommand;
import io.skyferry.cli.command.RmdirsCommand;
import io.skyferry.cli.command.RunCommand;
import io.skyferry.cli.command.ScheduleCommand;
import io.skyferry.cli.command.SchedulePreviewCommand;
import io.skyferry.cli.command.ServeCommand;
import io.skyferry.cli.command.SizeCommand;
import io.skyferry.cli.command.SyncCommand;
import io.skyferry.cli.command.TaskCommand;
import io.skyferry.cli.command.TreeCommand;
import io.skyferry.cli.command.UserCommand;
import io.skyferry.cli.command.WarmupCommand;
import io.skyferry.cli.line.ShortModel;
import io.skyferry.cli.option.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The table of commands. Only the one that is asked for is made: that is half of what a small command costs.
public final class Commands {
    private static final int WIDTH = 100;
    private static final Map<String, Function<Context, Object>> BY_NAME = table();
    /// Other words for a command, for those who know them from elsewhere.
    private static final Map<String, String> ALIASES = Map.of("remote", "credential");

    static {
        // Else picocli asks for a class of Groovy, and to find that it is not there every jar is opened.
        System.setProperty("picocli.disable.closures", "true");
    }

    private Commands() {}

    private static Map<String, Function<Context, Object>> table() {
        Map<String, Function<Context, Object>> table = new LinkedHashMap<>();
        table.put("copy", CopyCommand::new);
        table.put("sync", SyncCommand::new);
        table.put("move", MoveCommand::new);
        table.put("check", CheckCommand::new);
        table.put("apply", ApplyCommand::new);
        table.put("ls", LsCommand::new);
        table.put("lsl", LslCommand::new);
        table.put("lsf", LsfCommand::new);
        table.put("lsjson", LsjsonCommand::new);
        table.put("tree", TreeCommand::new);
        table.put("size", SizeCommand::new);
        table.put("cat", CatCommand::new);
        table.put("delete", DeleteCommand::new);
        table.put("cleanup", CleanupCommand::new);
        table.put("mkdir", MkdirCommand::new);
        table.put("rmdirs", RmdirsCommand::new);
        table.put("filter", _ -> new FilterCommand());
        table.put("crypt", _ -> new CryptCommand());
        table.put("decrypt", DecryptCommand::new);
        table.put("obscure", ObscureCommand::new);
        table.put("reveal", RevealCommand::new);
        table.put("credential", _ -> new CredentialCommand());
        table.put("bwlimit", BwlimitCommand::new);
        table.put("schedule", _ -> new ScheduleCommand());
        table.put("task", _ -> new TaskCommand());
        table.put("run", _ -> new RunCommand());
        table.put("log", _ -> new LogCommand());
        table.put("config", _ -> new ConfigCommand());
        table.put("import", _ -> new ImportCommand());
        table.put("export", _ -> new ExportCommand());
        table.put("user", _ -> new UserCommand());
        table.put("alert", _ -> new AlertCommand());
        table.put("serve", ServeCommand::new);
        table.put("completion", CompletionCommand::new);
        table.put("warmup", WarmupCommand::new);
        return table;
    }

    /// The program itself: what is shown where no command is named.
    @Command(
            name = "skyferry",
            description = "Keep folders in step: copy, sync and move files, safely.",
            synopsisSubcommandLabel = "COMMAND",
            footerHeading = "%nExamples:%n",
            footer = {
                "  skyferry sync ~/Documents /mnt/backup/documents",
                "  skyferry help sync",
                "",
                "Exit codes: 0 success, 1 something failed or differs, 2 wrong usage, 3 a guard refused,",
                "4 another run works on the same places, 130 interrupted."
            })
    @SuppressWarnings("UnusedVariable") // picocli sets the fields and asks its own model for them
    private static final class Program {
        @Option(
                names = {"-h", "--help"},
                usageHelp = true,
                description = "Show this help.")
        private boolean help;

        @Option(names = "--version", description = "Show the version.")
        private boolean version;
    }

    /// A line that knows every command.
    public static CommandLine all(Context context) {
        return line(context, List.copyOf(BY_NAME.keySet()));
    }

    /// Whether a command is called so.
    static boolean knows(String name) {
        return BY_NAME.containsKey(ALIASES.getOrDefault(name, name));
    }

    /// What a line asks for that a short model understands; empty for all others.
    static Optional<Action> quickly(Context context, List<String> args) {
        Function<Context, Object> maker = args.isEmpty() ? null : BY_NAME.get(args.getFirst());
        if (maker != null
                && maker.apply(context) instanceof Action action
                && ShortModel.understands(action, args.subList(1, args.size()))) {
            return Optional.of(action);
        }
        return Optional.empty();
    }

    /// A line that knows the command which these arguments name; if they name none, every command.
    static CommandLine of(Context context, List<String> args) {
        String first = args.isEmpty() ? "" : ALIASES.getOrDefault(args.getFirst(), args.getFirst());
        return BY_NAME.containsKey(first) ? line(context, List.of(first)) : all(context);
    }

    private static String[] aliasesOf(String name) {
        return ALIASES.entrySet().stream()
                .filter(alias -> alias.getValue().equals(name))
                .map(Map.Entry::getKey)
                .toArray(String[]::new);
    }

    private static void addCommandsBelow(String name, CommandLine command, Context context) {
        switch (name) {
            case "filter" -> {
                command.addSubcommand("list", new FilterListCommand(context));
                command.addSubcommand("test", new FilterTestCommand(context));
            }
            case "crypt" -> {
                command.addSubcommand("encode", new CryptEncodeCommand(context));
                command.addSubcommand("decode", takingDashes(new CommandLine(new CryptDecodeCommand(context))));
                command.addSubcommand("cat", new CryptCatCommand(context));
                command.addSubcommand("put", new CryptPutCommand(context));
            }
            case "reveal" -> takingDashes(command);
            case "credential" -> CredentialCommand.addBelow(command, context);
            case "task" -> TaskCommand.addBelow(command, context);
            case "run" -> RunCommand.addBelow(command, context);
            case "log" -> LogCommand.addBelow(command, context);
            case "config" -> ConfigCommand.addBelow(command, context);
            case "import" -> ImportCommand.addBelow(command, context);
            case "export" -> ExportCommand.addBelow(command, context);
            case "user" -> UserCommand.addBelow(command, context);
            case "alert" -> AlertCommand.addBelow(command, context);
            case "schedule" -> command.addSubcommand("preview", new SchedulePreviewCommand(context));
            default -> {
                // All others stand alone.
            }
        }
    }

    /// What was encrypted or obscured may begin with a dash: what is no option is taken for that.
    private static CommandLine takingDashes(CommandLine command) {
        return command.setUnmatchedOptionsArePositionalParams(true);
    }

    private static CommandLine line(Context context, List<String> names) {
        var line = new CommandLine(new Program());
        for (String name : names) {
            Function<Context, Object> maker = BY_NAME.get(name);
            if (maker != null) {
                var command = new CommandLine(maker.apply(context));
                addCommandsBelow(name, command, context);
                line.addSubcommand(name, command, aliasesOf(name));
            }
        }
        Values.register(line);
        line.setAbbreviatedSubcommandsAllowed(false);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(WIDTH);
        line.setUsageHelpLongOptionsMaxWidth(28);
        return line;
    }
}
