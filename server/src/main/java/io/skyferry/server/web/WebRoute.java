package io.skyferry.server.web;

import io.skyferry.control.audit.Role;
import java.util.Optional;

/// One thing that a browser can ask for.
///
/// @param path with parameters as `{id}`
/// @param role the least that may; empty: anybody, also without a login
public record WebRoute(Method method, String path, Optional<Role> role, Answering answering) {
    /// How it is asked for.
    public enum Method {
        /// To look.
        GET,
        /// To change something: a form, with the session's token.
        POST
    }

    /// Answers one request.
    @FunctionalInterface
    public interface Answering {
        /// What the browser gets. What is thrown becomes a page that says what to do next.
        Reply to(Visit visit);
    }

    /// A page or a part of one.
    public static WebRoute get(String path, Role role, Answering answering) {
        return new WebRoute(Method.GET, path, Optional.of(role), answering);
    }

    /// A form.
    public static WebRoute post(String path, Role role, Answering answering) {
        return new WebRoute(Method.POST, path, Optional.of(role), answering);
    }

    /// The same for those who have not logged in.
    public WebRoute forAnybody() {
        return new WebRoute(method, path, Optional.empty(), answering);
    }
}
