package io.skyferry.server.web.credentials;

import io.skyferry.storage.StorageProvider.Kind;
import io.skyferry.storage.StorageProvider.Setting;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One setting of a kind of storage as a field of a form.
///
/// @param name of the field
/// @param takes which field it is
/// @param options of a choice, by value
/// @param kept whether there is a secret already, which stays where nothing is entered
public record SettingField(
        String name,
        String label,
        String help,
        boolean required,
        Takes takes,
        Map<String, String> options,
        boolean kept) {
    private static final String PREFIX = "set-";

    /// Which field.
    public enum Takes {
        /// One line.
        LINE,
        /// Some lines.
        LINES,
        /// One line that nobody is to see.
        SECRET,
        /// Some lines that are not sent back.
        SECRET_LINES,
        /// A number.
        NUMBER,
        /// One of some.
        CHOICE
    }

    /// Makes the options unchangeable, in their order.
    public SettingField {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /// The field's name for a setting.
    static String name(String setting) {
        return PREFIX + setting;
    }

    /// The name of the box that takes a secret away.
    public String forget() {
        return "forget-" + name;
    }

    /// The field of a setting.
    ///
    /// @param path whether it is where a storage begins, which a credential need not say
    static SettingField of(Setting setting, boolean path, boolean kept) {
        boolean told = setting.usual().isEmpty() || takes(setting) == Takes.CHOICE;
        String usual = told ? "" : " Usually %s.".formatted(setting.usual());
        String help = path ? setting.help() + " May be left out: then tasks say it." : setting.help() + usual;
        return new SettingField(
                name(setting.name()),
                setting.label(),
                help,
                setting.required() && !path && !kept,
                takes(setting),
                options(setting),
                kept);
    }

    private static Takes takes(Setting setting) {
        return switch (setting.kind()) {
            case Kind.Line() -> setting.secret() ? Takes.SECRET : Takes.LINE;
            case Kind.Lines() -> setting.secret() ? Takes.SECRET_LINES : Takes.LINES;
            case Kind.Whole _ -> Takes.NUMBER;
            case Kind.Switch(), Kind.Choice _ -> Takes.CHOICE;
        };
    }

    private static Map<String, String> options(Setting setting) {
        List<String> values = switch (setting.kind()) {
            case Kind.Switch() -> List.of("on", "off");
            case Kind.Choice(List<String> some) -> some;
            case Kind.Line(), Kind.Lines(), Kind.Whole _ -> List.of();
        };
        Map<String, String> options = new LinkedHashMap<>();
        if (!values.isEmpty()) {
            options.put(
                    "",
                    Optional.of(setting.usual())
                            .filter(text -> !text.isEmpty())
                            .map("As usual: %s"::formatted)
                            .orElse("Not set"));
        }
        values.forEach(value -> options.put(value, value));
        return options;
    }
}
