package io.skyferry.cli;

import io.skyferry.cli.command.PlainLine;
import io.skyferry.cli.console.Console;
import io.skyferry.cli.console.Names;
import io.skyferry.cli.console.OutputClosedException;
import io.skyferry.cli.option.UsageException;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.StoreException;
import io.skyferry.control.task.ForbiddenException;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.control.vault.VaultException;
import io.skyferry.engine.pair.PairInUseException;
import io.skyferry.engine.pair.PairMemoryException;
import io.skyferry.engine.work.CancelFlag;
import io.skyferry.storage.CancelledException;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.StorageException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Understands what the user typed, does it, and says with an exit code how it went.
public final class CommandLineProgram {
    private final Console console;
    private final Services services;

    /// A program in this place, on these services.
    public CommandLineProgram(Console console, Services services) {
        this.console = console;
        this.services = services;
    }

    /// Runs one command.
    ///
    /// @return one of [ExitCodes]
    public int run(List<String> args) {
        try {
            int code = runTold(args);
            console.flush();
            return code;
        } catch (OutputClosedException closed) {
            return closed.readerIsGone() ? ExitCodes.OUTPUT_CLOSED : outputFailed(closed);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError fault) {
            tellFault(fault);
            return ExitCodes.FAULT;
        }
    }

    /// Says it where it can still be said.
    private int outputFailed(OutputClosedException failure) {
        try {
            tell(String.valueOf(failure.getMessage()));
            console.err().flush();
        } catch (OutputClosedException alsoClosed) {
            // Nothing is left to say it on: the exit code does.
            return ExitCodes.FAILED;
        }
        return ExitCodes.FAILED;
    }

    /// What nobody expected: the trace is what whoever mends it needs.
    private void tellFault(Throwable fault) {
        var trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace));
        console.err().text("skyferry: a fault of Skyferry itself; please report it with this text\n" + trace);
        console.err().flush();
    }

    private int runTold(List<String> args) {
        if (args.equals(List.of("--version"))) {
            console.out().line("skyferry " + Version.TEXT);
            return ExitCodes.SUCCESS;
        }
        try {
            return execute(args);
        } catch (UnmatchedArgumentException wrong) {
            tell(unmatched(wrong));
            console.err().line(hint(wrong.getCommandLine()));
            return ExitCodes.USAGE;
        } catch (ParameterException wrong) {
            tell(words(wrong));
            console.err().line(hint(wrong.getCommandLine()));
            return ExitCodes.USAGE;
        } catch (InvalidException wrong) {
            wrong.errors().forEach(error -> tell("%s: %s".formatted(error.path(), error.message())));
            return ExitCodes.USAGE;
        } catch (UsageException | RefusedException | VaultException | NotFoundException | ForbiddenException wrong) {
            tell(String.valueOf(wrong.getMessage()));
            return ExitCodes.USAGE;
        } catch (PairInUseException inUse) {
            tell(String.valueOf(inUse.getMessage()));
            return ExitCodes.IN_USE;
        } catch (CancelledException cancelled) {
            tell("stopped");
            return ExitCodes.INTERRUPTED;
        } catch (StorageException failure) {
            tell("%s: %s".formatted(failure.where().storage(), failure.getMessage()));
            return failure.kind() == ErrorKind.MISCONFIGURED ? ExitCodes.USAGE : ExitCodes.FAILED;
        } catch (PairMemoryException | StoreException | UncheckedIOException failure) {
            tell(String.valueOf(failure.getMessage()));
            return ExitCodes.FAILED;
        }
    }

    /// What a command itself said of a value is clearer than what the parser makes of it.
    private static String words(ParameterException wrong) {
        for (Throwable cause = wrong.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof UsageException ours) {
                return String.valueOf(ours.getMessage());
            }
        }
        return String.valueOf(wrong.getMessage());
    }

    private int execute(List<String> typed) {
        List<String> args = helpAsOption(typed);
        var context = new Context(console, services, new CancelFlag());
        Optional<Action> plain = PlainLine.action(context, args);
        if (plain.isPresent()) {
            return plain.orElseThrow().act();
        }
        Optional<Action> quick = Commands.quickly(context, args);
        if (quick.isPresent()) {
            return quick.orElseThrow().act();
        }
        CommandLine line = Commands.of(context, args);
        CommandLine.ParseResult parsed = line.parseArgs(args.toArray(String[]::new));
        while (parsed.subcommand() != null) {
            parsed = parsed.subcommand();
        }
        CommandLine named = parsed.commandSpec().commandLine();
        if (parsed.isUsageHelpRequested()) {
            console.out().text(named.getUsageMessage(Ansi.OFF));
            return ExitCodes.SUCCESS;
        }
        if (named.getCommand() instanceof Action action) {
            return action.act();
        }
        console.err().text(named.getUsageMessage(Ansi.OFF));
        return ExitCodes.USAGE;
    }

    /// `help sync` says the same as `sync --help`.
    private static List<String> helpAsOption(List<String> typed) {
        if (typed.isEmpty() || !typed.getFirst().equals("help")) {
            return typed;
        }
        List<String> args = new ArrayList<>(typed.subList(1, typed.size()));
        if (!args.isEmpty() && !Commands.knows(args.getFirst())) {
            // Understood as a command, it is refused with those that are near it.
            return args;
        }
        args.add("--help");
        return args;
    }

    private static String unmatched(UnmatchedArgumentException wrong) {
        CommandLine line = wrong.getCommandLine();
        String found = wrong.getUnmatched().getFirst();
        boolean wantsCommand = !line.getSubcommands().isEmpty() && !found.startsWith("-");
        String what =
                wantsCommand ? "a command" : found.startsWith("-") ? "an option of this command" : "no more arguments";
        List<String> near = wrong.getSuggestions();
        return "Want %s but have '%s'%s"
                .formatted(what, found, near.isEmpty() ? "" : ". Near it: " + String.join(", ", near));
    }

    private void tell(String message) {
        console.err().line("skyferry: " + Names.shown(message));
    }

    private static String hint(CommandLine line) {
        return "Try '%s --help'.".formatted(line.getCommandSpec().qualifiedName());
    }
}
