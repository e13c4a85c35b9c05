package io.skyferry.storages.s3.credential;

import io.skyferry.storages.s3.sign.Access;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/// A key that a command of the user's prints.
///
/// Nothing of what it prints is told when it fails: it may be half a key.
///
/// Source: "Process credential provider" of the AWS SDKs and Tools Reference Guide.
final class CommandKeys implements Renewed.Source {
    private static final int MAX_OUTPUT = 64 * 1024;
    private static final int SECONDS = 60;

    private final String profile;
    private final String command;

    CommandKeys(String profile, String command) {
        this.profile = profile;
        this.command = command;
    }

    @Override
    public Access fetch() {
        Process process;
        try {
            process = new ProcessBuilder(words(command))
                    .redirectError(Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
        } catch (IOException none) {
            throw missing("cannot be started", none);
        }
        try {
            int ended =
                    process.onExit().orTimeout(SECONDS, TimeUnit.SECONDS).join().exitValue();
            if (ended != 0) {
                throw new Credentials.MissingException(told("ended with %s".formatted(ended)));
            }
            byte[] printed = process.getInputStream().readNBytes(MAX_OUTPUT);
            return Given.read(
                    new String(printed, StandardCharsets.UTF_8), "the command of profile '%s'".formatted(profile));
        } catch (CompletionException late) {
            throw missing("took more than a minute", late);
        } catch (IOException broken) {
            throw missing("broke off", broken);
        } finally {
            process.destroyForcibly();
        }
    }

    private Credentials.MissingException missing(String what, Exception cause) {
        return new Credentials.MissingException(told(what), cause);
    }

    private String told(String what) {
        return "Want a key of the command of profile '%s' but it %s".formatted(profile, what);
    }

    /// As a shell parts words, without anything else that shells do.
    static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        var word = new StringBuilder();
        boolean isOpen = false;
        char quote = ' ';
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != ' ' && c == quote) {
                quote = ' ';
            } else if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
                i++;
                word.append(line.charAt(i));
                isOpen = true;
            } else if (quote == ' ' && (c == '"' || c == '\'')) {
                quote = c;
                isOpen = true;
            } else if (quote == ' ' && Character.isWhitespace(c)) {
                if (isOpen) {
                    words.add(word.toString());
                    word.setLength(0);
                    isOpen = false;
                }
            } else {
                word.append(c);
                isOpen = true;
            }
        }
        if (isOpen) {
            words.add(word.toString());
        }
        return words;
    }
}
