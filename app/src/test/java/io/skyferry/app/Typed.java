package io.skyferry.app;

import io.skyferry.cli.CommandLineProgram;
import io.skyferry.cli.console.Console;
import io.skyferry.cli.console.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// The whole product in this process: what is typed, what is printed, and the exit code.
final class Typed {
    private final Path folder;

    /// What became of one command.
    record Ended(int exit, ByteArrayOutputStream printed, String err) {
        byte[] bytes() {
            return printed.toByteArray();
        }

        String out() {
            return printed.toString(StandardCharsets.UTF_8);
        }

        List<String> lines() {
            return out().lines().toList();
        }

        /// The last line of standard output.
        String report() {
            return lines().isEmpty() ? "" : lines().getLast();
        }
    }

    /// @param folder for state, passwords and whatever a test makes
    Typed(Path folder) {
        this.folder = folder;
        secret("password", "potato\n");
        secret("salt", "sausage\n");
        secret("wrong", "potatoe\n");
    }

    private void secret(String name, String text) {
        try {
            Files.writeString(folder.resolve(name), text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Runs one command. `@name` stands for the path of that name in the folder, behind layers too.
    Ended run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var console = new Console(
                new Output(out, Output.Kind.PIPE), new Output(err, Output.Kind.PIPE), Map.of(), System::nanoTime);
        var services = new AppServices(new Home(folder.resolve("home")), "test");
        int exit = new CommandLineProgram(console, services)
                .run(Arrays.stream(arguments).map(this::path).toList());
        return new Ended(exit, out, err.toString(StandardCharsets.UTF_8));
    }

    private String path(String argument) {
        int at = argument.indexOf('@');
        boolean named = at == 0 || (at > 0 && argument.charAt(at - 1) == ':');
        return named ? argument.substring(0, at) + folder.resolve(argument.substring(at + 1)) : argument;
    }

    /// The same with the password and the salt of the tests.
    Ended keyed(String... arguments) {
        return with("password", "salt", arguments);
    }

    /// The same with these files as password and salt.
    Ended with(String password, String salt, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(1, List.of("--crypt-password-file", "@" + password, "--crypt-salt-file", "@" + salt));
        return run(all.toArray(String[]::new));
    }
}
