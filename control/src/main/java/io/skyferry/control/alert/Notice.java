package io.skyferry.control.alert;

import io.skyferry.control.json.Json;
import io.skyferry.control.json.JsonValue;
import java.time.Instant;
import java.util.Map;

/// What is delivered when an alert comes or goes.
public record Notice(AlertRule rule, String object, String words, State state, Instant at) {
    /// What happened to the alert.
    public enum State {
        /// It came.
        RAISED,
        /// Its trouble is over.
        CLEARED
    }

    /// One line that says it all: the subject of a mail.
    public String subject() {
        return switch (state) {
            case RAISED -> "Skyferry: " + words;
            case CLEARED -> "Skyferry: resolved: " + words;
        };
    }

    /// The object that webhooks and commands get.
    public Json json() {
        return new Json()
                .put("rule", rule.name())
                .put("level", rule.level().name())
                .put("object", object)
                .put("state", state.name())
                .put("text", words)
                .put("at", at.toString());
    }

    static Notice parse(String text) {
        if (JsonValue.parse(text) instanceof JsonValue.Members(Map<String, JsonValue> members)) {
            return new Notice(
                    AlertRule.valueOf(textOf(members, "rule")),
                    textOf(members, "object"),
                    textOf(members, "text"),
                    State.valueOf(textOf(members, "state")),
                    Instant.parse(textOf(members, "at")));
        }
        throw new IllegalArgumentException("Want a notice but have another value");
    }

    private static String textOf(Map<String, JsonValue> members, String name) {
        return members.get(name) instanceof JsonValue.Text(String value) ? value : "";
    }
}
