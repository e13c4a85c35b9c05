package io.skyferry.server.rest;

import io.skyferry.control.audit.Role;
import java.util.Optional;

/// One thing that can be asked for: how, by whom, what goes in and what comes out.
///
/// @param path with parameters as `{id}`
/// @param role the least that may; empty: anybody, also without a login
/// @param summary one sentence
record Route(
        Method method,
        String path,
        Optional<Role> role,
        Shape request,
        Shape answer,
        String summary,
        Answering answering) {
    /// How it is asked for.
    enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE;

        boolean changes() {
            return this != GET;
        }
    }

    /// Answers one request.
    @FunctionalInterface
    interface Answering {
        /// What [Wire] can write; text where the answer is no JSON.
        Object to(Asked asked);
    }

    static Route get(String path, Role role, Shape answer, String summary, Answering answering) {
        return new Route(Method.GET, path, Optional.of(role), new Shape.Nothing(), answer, summary, answering);
    }

    static Route post(String path, Role role, Shape request, Shape answer, String summary, Answering answering) {
        return new Route(Method.POST, path, Optional.of(role), request, answer, summary, answering);
    }

    static Route patch(String path, Role role, Shape request, Shape answer, String summary, Answering answering) {
        return new Route(Method.PATCH, path, Optional.of(role), request, answer, summary, answering);
    }

    static Route put(String path, Role role, Shape request, Shape answer, String summary, Answering answering) {
        return new Route(Method.PUT, path, Optional.of(role), request, answer, summary, answering);
    }

    static Route delete(String path, Role role, String summary, Answering answering) {
        return new Route(
                Method.DELETE,
                path,
                Optional.of(role),
                new Shape.Nothing(),
                new Shape.Of(Done.class),
                summary,
                answering);
    }

    /// The same for those who have not logged in.
    Route forAnybody() {
        return new Route(method, path, Optional.empty(), request, answer, summary, answering);
    }

    /// What is answered where there is nothing to tell.
    record Done(boolean done) {
        static final Done YES = new Done(true);
    }
}
