package io.skyferry.server.web;

import io.skyferry.control.run.RefusedException;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.InvalidException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// What stands in the fields of a form, and what is wrong with it.
///
/// @param values by the name of the field; a field may have several
/// @param errors whose path is the name of a field; the others are about the whole
public record Form(Map<String, List<String>> values, List<FieldError> errors) {
    /// Makes both unchangeable.
    public Form {
        values = Map.copyOf(values);
        errors = List.copyOf(errors);
    }

    /// Nothing yet.
    public static Form empty() {
        return new Form(Map.of(), List.of());
    }

    /// These values, as they came.
    public static Form of(Map<String, List<String>> values) {
        return new Form(values, List.of());
    }

    /// One value for each field.
    public static Form ofOne(Map<String, String> values) {
        Map<String, List<String>> lists = new HashMap<>();
        values.forEach((name, value) -> lists.put(name, List.of(value)));
        return new Form(lists, List.of());
    }

    /// The value of a field; empty text where it has none.
    public String value(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? "" : all.getFirst();
    }

    /// All values of a field.
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    /// Whether a box is ticked: a browser sends nothing for one that is not.
    public boolean isTicked(String name) {
        return !value(name).isEmpty() && !value(name).equals("false");
    }

    /// Whether a choice is made.
    public boolean has(String name, String value) {
        return all(name).contains(value);
    }

    /// The same with another value.
    public Form with(String name, String value) {
        Map<String, List<String>> all = new HashMap<>(values);
        all.put(name, List.of(value));
        return new Form(all, errors);
    }

    /// The same with what is wrong.
    public Form with(List<FieldError> wrong) {
        return new Form(values, wrong);
    }

    /// The same without what must not be sent back to a browser: passwords.
    public Form without(String name) {
        Map<String, List<String>> all = new HashMap<>(values);
        all.remove(name);
        return new Form(all, errors);
    }

    /// What is wrong with a field, or with what lies within it.
    public Optional<String> error(String name) {
        List<String> found = new ArrayList<>();
        for (FieldError error : errors) {
            if (error.path().equals(name) || error.path().startsWith(name + ".")) {
                found.add(error.message());
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", found));
    }

    /// Whether anything is wrong.
    public boolean isWrong() {
        return !errors.isEmpty();
    }

    /// Does what the form asks for; where it cannot be done, the form is shown again with what is wrong.
    public Reply submit(Supplier<Reply> doing, Function<Form, Reply> again) {
        try {
            return doing.get();
        } catch (InvalidException invalid) {
            return again.apply(with(invalid.errors()));
        } catch (RefusedException refused) {
            return again.apply(with(List.of(new FieldError("", String.valueOf(refused.getMessage())))));
        }
    }
}
