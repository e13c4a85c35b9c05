package io.skyferry.server.web.tasks;

import io.skyferry.control.audit.Role;
import io.skyferry.control.credential.Credential;
import io.skyferry.control.credential.EncryptionSettings;
import io.skyferry.control.form.TaskForm;
import io.skyferry.control.run.Places;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.Task;
import io.skyferry.server.ServerParts;
import io.skyferry.server.web.Form;
import io.skyferry.server.web.Visit;
import io.skyferry.storage.StorageProvider.Setting;
import io.skyferry.storage.StorageProvider.Top;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes what forms of tasks show.
final class FormViews {
    /// Settings that say which account it is: those belong to the credential.
    private static final Set<String> OF_ACCOUNT = Set.of(
            Places.ROOT_SETTING,
            "provider",
            "endpoint",
            "region",
            "access-key-id",
            "profile",
            "anonymous",
            "ca-bundle");

    private final ServerParts parts;

    FormViews(ServerParts parts) {
        this.parts = parts;
    }

    TaskFormPage page(Visit visit, TaskForm form, List<FieldError> errors, Optional<Task> task, String action) {
        return new TaskFormPage(
                new Form(form.values(), errors),
                task,
                accounts(),
                remote(form, errors),
                SchedulePart.of(form, parts.clock().instant(), parts.zone()),
                WeekPart.of(form.text("bwlimit")),
                visit.may(Role.ADMIN) ? TaskFormPage.Scripts.EDITABLE : TaskFormPage.Scripts.READ_ONLY,
                action);
    }

    private List<Account> accounts() {
        return parts.credentials().list().stream()
                .map(one -> new Account(one.id(), one.name(), one.provider()))
                .toList();
    }

    RemotePart remote(TaskForm form, List<FieldError> errors) {
        Optional<Credential> found = form.credential().flatMap(parts.credentials()::find);
        if (found.isEmpty()) {
            return new RemotePart(
                    new Form(form.values(), errors), Optional.empty(), RemotePart.Buckets.WANTED, List.of());
        }
        Credential credential = found.orElseThrow();
        boolean buckets = parts.credentials().kinds().top(credential.provider()) == Top.BUCKET
                && !credential.settings().containsKey(Places.ROOT_SETTING);
        List<Setting> options = parts.credentials().kinds().settings(credential.provider()).values().stream()
                .filter(one ->
                        !one.secret() && !OF_ACCOUNT.contains(one.name()) && !EncryptionSettings.isOne(one.name()))
                .toList();
        return new RemotePart(
                new Form(form.values(), errors),
                Optional.of(new Account(credential.id(), credential.name(), credential.provider())),
                buckets ? RemotePart.Buckets.WANTED : RemotePart.Buckets.NONE,
                options);
    }
}
