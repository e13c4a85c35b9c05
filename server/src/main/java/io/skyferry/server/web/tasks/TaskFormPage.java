package io.skyferry.server.web.tasks;

import io.skyferry.control.task.Task;
import io.skyferry.server.web.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The form of a task, whole or as a wizard.
///
/// @param task that is changed; empty: a new one is made
/// @param scripts whether the one who asks may edit scripts
/// @param action where the form goes
public record TaskFormPage(
        Form form,
        Optional<Task> task,
        List<Account> accounts,
        RemotePart remote,
        SchedulePart schedule,
        WeekPart week,
        Scripts scripts,
        String action) {
    /// Whether the one who asks may edit scripts.
    public enum Scripts {
        /// An admin may.
        EDITABLE,
        /// Others are shown that there are some.
        READ_ONLY
    }

    /// Makes the list unchangeable.
    public TaskFormPage {
        accounts = List.copyOf(accounts);
    }

    /// Whether scripts may be edited.
    public boolean editsScripts() {
        return scripts == Scripts.EDITABLE;
    }

    /// Whether the task has scripts.
    public boolean hasScripts() {
        return task.filter(one -> !one.fields().scripts().isEmpty()).isPresent();
    }

    /// The credentials as choices.
    public Map<String, String> credentials() {
        Map<String, String> choices = new LinkedHashMap<>();
        choices.put("", "Choose a credential");
        accounts.forEach(one -> choices.put(Long.toString(one.id()), one.words()));
        return choices;
    }

    /// A secret as the form shows it: a saved one as stars, a new one not at all.
    public String secret(String name) {
        return form.value(name).equals("********") ? "********" : "";
    }
}
