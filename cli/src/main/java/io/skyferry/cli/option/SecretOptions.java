package io.skyferry.cli.option;

import io.skyferry.cli.Context;
import io.skyferry.control.credential.EncryptionSettings;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.storage.StorageProvider.Setting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Settings of a credential, and the ways by which a secret gets in without standing in the list of processes.
public final class SecretOptions {
    private static final int MOST_BYTES = 1 << 20;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting. Others may see what is typed here: give secrets by one of the next three.")
    private @Nullable List<String> plain;

    @Option(
            names = "--secret-file",
            paramLabel = "KEY=FILE",
            description = "A setting whose value is in a file; one line end behind it is dropped.")
    private @Nullable List<String> files;

    @Option(
            names = "--secret-env",
            paramLabel = "KEY=VARIABLE",
            description = "A setting whose value is in an environment variable.")
    private @Nullable List<String> variables;

    @Option(
            names = "--ask",
            paramLabel = "KEY",
            description = "A setting to be typed in at the terminal, which does not show it.")
    private @Nullable List<String> asked;

    /// Options as picocli fills them.
    public SecretOptions() {}

    /// Whether nothing was given.
    public boolean isEmpty() {
        return of(plain).isEmpty()
                && of(files).isEmpty()
                && of(variables).isEmpty()
                && of(asked).isEmpty();
    }

    /// What was given.
    ///
    /// @param settings those that there are, for the questions
    /// @throws UsageException naming the option that is wrong; never a value
    public Map<String, String> given(Map<String, Setting> settings, Context context) {
        Map<String, String> given = new LinkedHashMap<>();
        of(plain).forEach(text -> put(given, "--set", text, value -> value));
        of(files).forEach(text -> put(given, "--secret-file", text, SecretOptions::content));
        of(variables).forEach(text -> put(given, "--secret-env", text, name -> variable(name, context)));
        for (String name : of(asked)) {
            Setting setting = settings.get(name);
            String label = setting == null ? name : setting.label();
            put(given, "--ask", name + "=", _ -> ask("%s (%s)".formatted(label, name), context));
        }
        return given;
    }

    /// The same, and what is asked for because it is missing: secrets that there must be, and where no secret was
    /// given at all, those that there may be.
    public SettingChanges complete(Map<String, Setting> settings, Context context) {
        Map<String, String> given = given(settings, context);
        if (context.services().prompt().canAsk()) {
            boolean none = given.keySet().stream().noneMatch(name -> isSecret(settings.get(name)));
            for (Setting setting : missing(settings.values(), given.keySet())) {
                if (setting.required() || none) {
                    String hint = setting.required() ? "" : ", empty for none";
                    given.put(
                            setting.name(), ask("%s (%s%s)".formatted(setting.label(), setting.name(), hint), context));
                }
            }
        }
        return SettingChanges.of(given);
    }

    private static boolean isSecret(@Nullable Setting setting) {
        return setting != null && setting.secret();
    }

    /// Most accounts are not encrypted: who wants that says so.
    private static List<Setting> missing(Collection<Setting> settings, Set<String> given) {
        return settings.stream()
                .filter(setting -> setting.secret() && !given.contains(setting.name()))
                .filter(setting -> !EncryptionSettings.isOne(setting.name()))
                .toList();
    }

    /// Turns what stands behind `=` into a value.
    @FunctionalInterface
    private interface Reading {
        String of(String text);
    }

    private static void put(Map<String, String> given, String option, String text, Reading reading) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new UsageException(
                    option.equals("--set")
                            ? "Want '--set KEY=VALUE' but have no '=' in it"
                            : "Want '%s KEY=...' but have '%s'".formatted(option, text));
        }
        String name = text.substring(0, equals);
        if (given.containsKey(name)) {
            throw new UsageException("Want '%s' once but have it twice".formatted(name));
        }
        given.put(name, reading.of(text.substring(equals + 1)));
    }

    private static String ask(String question, Context context) {
        if (!context.services().prompt().canAsk()) {
            throw new UsageException("Want a terminal to ask for '%s' but have none. Use --secret-file or --secret-env"
                    .formatted(question));
        }
        return context.services().prompt().ask(question + ": ").orElse("");
    }

    private static String variable(String name, Context context) {
        return context.console()
                .variable(name)
                .orElseThrow(() ->
                        new UsageException("Want a value in the variable '%s' but it is not set".formatted(name)));
    }

    /// The text of a file in UTF-8, without one line end behind it.
    ///
    /// @throws UsageException if it cannot be read or is no text; never quotes it
    public static String content(String file) {
        try {
            Path path = Path.of(Place.absolute(file));
            if (Files.size(path) > MOST_BYTES) {
                throw new UsageException("Want a file of at most 1 MiB but '%s' is larger".formatted(file));
            }
            return withoutLineEnd(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString());
        } catch (CharacterCodingException binary) {
            throw new UsageException("Want text in UTF-8 in '%s' but have other bytes".formatted(file), binary);
        } catch (IOException | InvalidPathException failure) {
            throw new UsageException("Want a file with the value but '%s' cannot be read".formatted(file), failure);
        }
    }

    private static String withoutLineEnd(String text) {
        String cut = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return cut.endsWith("\r") ? cut.substring(0, cut.length() - 1) : cut;
    }

    private static <T> List<T> of(@Nullable List<T> list) {
        return list == null ? new ArrayList<>() : list;
    }
}
