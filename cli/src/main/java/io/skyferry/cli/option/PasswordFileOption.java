package io.skyferry.cli.option;

import io.skyferry.cli.Context;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A password that is read from a file or asked for: never from the command line, which others can see.
public final class PasswordFileOption {
    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "Read the password from the file's first line instead of asking for it.")
    private @Nullable Path file;

    /// Options as picocli fills them.
    public PasswordFileOption() {}

    /// The password.
    ///
    /// @throws UsageException if there is none
    public String password(Context context, String user) {
        if (file != null) {
            return firstLine(file);
        }
        if (!context.services().prompt().canAsk()) {
            throw new UsageException("Want --password-file, or a terminal to ask at");
        }
        String first =
                context.services().prompt().ask("Password of " + user + ": ").orElse("");
        String second = context.services().prompt().ask("Once more: ").orElse("");
        if (!first.equals(second)) {
            throw new UsageException("Want the same password twice but have two");
        }
        return notEmpty(first);
    }

    private static String firstLine(Path file) {
        try {
            return notEmpty(Files.readString(file, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse(""));
        } catch (CharacterCodingException noText) {
            throw new UsageException("Want UTF-8 in '%s'".formatted(file), noText);
        } catch (IOException unreadable) {
            throw new UsageException("Want to read the password from '%s' but cannot".formatted(file), unreadable);
        }
    }

    private static String notEmpty(String password) {
        if (password.isEmpty()) {
            throw new UsageException("Want a password but have none");
        }
        return password;
    }
}
