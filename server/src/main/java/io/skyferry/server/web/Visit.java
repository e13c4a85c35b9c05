package io.skyferry.server.web;

import io.javalin.http.Context;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.task.NotFoundException;
import java.util.Map;
import java.util.Optional;

/// A request for a page.
public final class Visit {
    private final Context context;
    private final Caller caller;

    /// A request by somebody.
    public Visit(Context context, Caller caller) {
        this.context = context;
        this.caller = caller;
    }

    /// Who asks; a reader of no name where nobody has logged in.
    public Caller caller() {
        return caller;
    }

    /// Whether they may do what this role may. What would be refused is not shown.
    public boolean may(Role role) {
        return caller.role().includes(role);
    }

    /// The request itself, for the few pages that set cookies.
    public Context context() {
        return context;
    }

    /// The path that was asked for.
    public String path() {
        return context.path();
    }

    /// A part of the path.
    public String path(String name) {
        return context.pathParam(name);
    }

    /// A number in the path.
    public long number(String name) {
        String text = path(name);
        if (!text.matches("[0-9]{1,18}")) {
            throw new NotFoundException("Want a number but have '%s'".formatted(text));
        }
        return Long.parseLong(text);
    }

    /// A parameter of the query; empty where it is missing or blank.
    public Optional<String> query(String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isBlank());
    }

    /// A number of the query; the usual one where it is missing or none.
    public long query(String name, long usual) {
        return query(name)
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(usual);
    }

    /// What was sent by a form.
    public Form form() {
        return Form.of(Map.copyOf(context.formParamMap()));
    }

    /// Whether a script asks for a part of a page.
    public boolean isForPart() {
        return "true".equals(context.header("HX-Request"));
    }
}
