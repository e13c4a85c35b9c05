package io.skyferry.cli.command;

import io.skyferry.cli.console.Output;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.json.Json;
import java.util.Map;
import java.util.TreeMap;

/// A credential as it is shown: a secret is three stars, however long it is.
final class CredentialText {
    static final String HIDDEN = "***";

    private CredentialText() {}

    /// All settings by name, secrets hidden.
    static Map<String, String> settings(Credential credential) {
        Map<String, String> shown = new TreeMap<>(credential.settings());
        credential.secrets().forEach(name -> shown.put(name, HIDDEN));
        return shown;
    }

    static void show(Credential credential, Output out) {
        out.line("name: " + out.name(credential.name()));
        out.line("provider: " + credential.provider());
        settings(credential).forEach((name, value) -> out.line("  %s: %s".formatted(name, out.name(oneLine(value)))));
        out.line("changed: " + credential.changed());
    }

    private static String oneLine(String value) {
        return value.replace("\n", "\\n");
    }

    static Json json(Credential credential) {
        var settings = new Json();
        settings(credential).forEach(settings::put);
        return new Json()
                .put("id", credential.id())
                .put("name", credential.name())
                .put("provider", credential.provider())
                .put("settings", settings)
                .put("created", credential.created().toString())
                .put("changed", credential.changed().toString());
    }
}
