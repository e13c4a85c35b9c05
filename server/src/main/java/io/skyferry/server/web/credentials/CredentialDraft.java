package io.skyferry.server.web.credentials;

import io.skyferry.control.credential.Kinds;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.InvalidException;
import io.skyferry.server.web.Form;
import io.skyferry.storage.StorageProvider.Setting;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// What somebody entered about an account.
final class CredentialDraft {
    private CredentialDraft() {}

    /// What is to be set, and what is to go. A secret that is left empty stays as it is.
    static SettingChanges changes(Form form, Collection<Setting> settings) {
        Map<String, String> set = new HashMap<>();
        Set<String> unset = new HashSet<>();
        for (Setting setting : settings) {
            String field = SettingField.name(setting.name());
            String value = value(form, setting);
            if (!value.isEmpty()) {
                set.put(setting.name(), value);
            } else if (!setting.secret() || form.isTicked("forget-" + field)) {
                unset.add(setting.name());
            }
        }
        return new SettingChanges(set, unset);
    }

    private static String value(Form form, Setting setting) {
        String text = form.value(SettingField.name(setting.name()));
        // Browsers end lines in two letters. A blank behind what was pasted is nobody's wish, but in a secret.
        return setting.secret()
                ? text.replace("\r\n", "\n")
                : text.replace("\r\n", "\n").strip();
    }

    /// What stands in the fields of a saved account.
    static Form form(String name, Map<String, String> settings) {
        Map<String, String> values = new HashMap<>();
        values.put("name", name);
        settings.forEach((setting, value) -> values.put(SettingField.name(setting), value));
        return Form.ofOne(values);
    }

    /// The same without secrets: they are not sent to a browser.
    static Form shown(Form form, Collection<Setting> settings) {
        Form open = form;
        for (Setting setting : settings) {
            if (setting.secret()) {
                open = open.without(SettingField.name(setting.name()));
            }
        }
        return open;
    }

    /// Does something, and says beside which fields it was refused.
    static <T> T said(Supplier<T> doing) {
        try {
            return doing.get();
        } catch (RefusedException refused) {
            var invalid = new InvalidException(errors(refused));
            invalid.initCause(refused);
            throw invalid;
        }
    }

    private static List<FieldError> errors(RefusedException refused) {
        if (refused.fields().isEmpty()) {
            return List.of(new FieldError("", String.valueOf(refused.getMessage())));
        }
        return FieldError.of(refused.fields(), CredentialDraft::field);
    }

    private static String field(String path) {
        return path.startsWith(Kinds.PREFIX) ? SettingField.name(path.substring(Kinds.PREFIX.length())) : path;
    }
}
