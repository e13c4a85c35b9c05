package io.skyferry.server.truenas;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.runs.Run;
import io.skyferry.server.truenas.CallException.Errno;
import io.skyferry.server.truenas.NasAccounts.Form;
import io.skyferry.server.truenas.NasMethods.Answer;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// One connection: reads frames, calls methods and tells what comes of them, in either protocol.
final class NasSession implements NasJobs.Listener {
    private static final System.Logger LOG = System.getLogger(NasSession.class.getName());
    private static final JsonValue OLD_VERSION = JsonValue.of("1");
    private static final String JOBS = NasJobs.COLLECTION;
    private static final int MOST_AT_ONCE = 20;
    private static final int MOST_REFUSALS = 20;
    private static final int MOST_BEFORE_LOGIN = 64 * 1024;
    private static final int MOST_SUBSCRIPTIONS = 100;
    private static final int MOST_BEFORE_LOGIN_CALLS = 100;
    private static final int MOST_WAITING = 1000;
    private static final int AT_ONCE = 2000;
    private static final int EACH_SECOND = 500;
    private static final int PARSE_ERROR = -32700;
    private static final int INVALID_REQUEST = -32600;
    private static final int METHOD_NOT_FOUND = -32601;
    private static final int TOO_MANY_CALLS = -32000;

    private final Wire wire;
    private final NasMethods methods;
    private final NasJobs jobs;
    private final NasLogin login;
    private final Protocol protocol;
    private final Form form;
    private final Executor threads;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    private final Map<String, String> subscriptions = new ConcurrentHashMap<>();
    private final Map<Long, List<JsonValue>> waiting = new ConcurrentHashMap<>();
    private final Supplier<String> names;
    private final Pace pace;
    private int strange;
    private volatile boolean legacyJobs;
    private volatile boolean connected;

    /// Which protocol is spoken.
    enum Protocol {
        /// JSON-RPC 2.0.
        RPC,
        /// The older one of `/websocket`.
        OLD
    }

    /// The other end.
    interface Wire {
        /// Sends a text.
        void send(String text);

        /// Ends the connection.
        void cut(String reason);
    }

    /// What all connections share.
    ///
    /// @param names each different from all others, and not to be guessed
    record Shared(NasMethods methods, NasJobs jobs, InstantSource clock, Supplier<String> names, Executor threads) {}

    NasSession(Wire wire, Shared shared, NasLogin login, Protocol protocol, Form form) {
        this.wire = wire;
        this.methods = shared.methods();
        this.jobs = shared.jobs();
        this.names = shared.names();
        this.pace = new Pace(shared.clock(), AT_ONCE, EACH_SECOND);
        this.threads = shared.threads();
        this.login = login;
        this.protocol = protocol;
        this.form = form;
        this.legacyJobs = protocol == Protocol.OLD;
    }

    /// Takes a frame.
    void heard(String text) {
        if (login.caller().isEmpty() && text.length() > MOST_BEFORE_LOGIN) {
            wire.cut("Want a login before a message of this size");
            return;
        }
        JsonValue value;
        try {
            value = JsonValue.parse(text);
        } catch (IllegalArgumentException unreadable) {
            LOG.log(System.Logger.Level.DEBUG, "A frame that is no JSON", unreadable);
            refuseFrame(new JsonValue.Null(), PARSE_ERROR, "Parse error");
            return;
        }
        if (!(value instanceof JsonValue.Members frame)) {
            refuseFrame(new JsonValue.Null(), INVALID_REQUEST, "Invalid Request");
            return;
        }
        switch (protocol) {
            case RPC -> rpc(frame);
            case OLD -> old(frame);
        }
    }

    private void refuseFrame(JsonValue id, int code, String message) {
        if (protocol == Protocol.OLD) {
            wire.cut(message);
            return;
        }
        Map<String, JsonValue> error = new LinkedHashMap<>();
        error.put("code", JsonValue.of(code));
        error.put("message", JsonValue.of(message));
        reply(id, "error", new JsonValue.Members(error));
    }

    private void reply(JsonValue id, String member, JsonValue value) {
        Map<String, JsonValue> frame = new LinkedHashMap<>();
        switch (protocol) {
            case RPC -> frame.put("jsonrpc", JsonValue.of("2.0"));
            case OLD -> frame.put("msg", JsonValue.of("result"));
        }
        frame.put(member, value);
        frame.put("id", id);
        wire.send(new JsonValue.Members(frame).toString());
    }

    private static JsonValue member(JsonValue.Members frame, String name) {
        return frame.get(name).orElse(new JsonValue.Null());
    }

    private void rpc(JsonValue.Members frame) {
        JsonValue id = member(frame, "id");
        boolean goodId =
                id instanceof JsonValue.Null || id instanceof JsonValue.Text || id instanceof JsonValue.Numeral;
        boolean good = goodId
                && member(frame, "jsonrpc").equals(JsonValue.of("2.0"))
                && member(frame, "method") instanceof JsonValue.Text;
        JsonValue params = frame.get("params").orElse(new JsonValue.Array(List.of()));
        if (!good || !(params instanceof JsonValue.Array(List<JsonValue> given))) {
            refuseFrame(goodId ? id : new JsonValue.Null(), INVALID_REQUEST, "Invalid Request");
            return;
        }
        // A notification is answered by nothing.
        boolean answered = frame.get("id").isPresent();
        call(((JsonValue.Text) member(frame, "method")).value(), given, id, answered);
    }

    private void old(JsonValue.Members frame) {
        String kind = member(frame, "msg") instanceof JsonValue.Text(String text) ? text : "";
        JsonValue id = member(frame, "id");
        if (!connected && !kind.equals("connect")) {
            wire.cut("Want 'connect' first");
            return;
        }
        switch (kind) {
            case "connect" -> {
                if (!frame.get("version").orElse(OLD_VERSION).equals(OLD_VERSION)) {
                    wire.send("{\"msg\":\"failed\",\"version\":%s}".formatted(OLD_VERSION));
                    wire.cut("Want version 1");
                    return;
                }
                connected = true;
                wire.send("{\"msg\":\"connected\",\"session\":\"%s\"}".formatted(names.get()));
            }
            case "method" -> {
                List<JsonValue> params =
                        member(frame, "params") instanceof JsonValue.Array(List<JsonValue> given) ? given : List.of();
                call(member(frame, "method") instanceof JsonValue.Text(String name) ? name : "", params, id, true);
            }
            case "sub" -> {
                String name = member(frame, "name") instanceof JsonValue.Text(String text) ? text : "";
                if (login.caller().isEmpty() || !subscribed(id.toString(), name)) {
                    wire.send("{\"msg\":\"nosub\",\"id\":%s}".formatted(id));
                } else {
                    wire.send("{\"msg\":\"ready\",\"subs\":[%s]}".formatted(id));
                }
            }
            case "unsub" -> {
                subscriptions.remove(id.toString());
                rest();
            }
            case "ping" -> wire.send("{\"msg\":\"pong\",\"id\":%s}".formatted(id));
            default -> wire.cut("Want a message that is known");
        }
    }

    private void call(String method, List<JsonValue> params, JsonValue id, boolean answered) {
        Optional<Caller> caller = login.caller();
        if (caller.isEmpty() && ++strange > MOST_BEFORE_LOGIN_CALLS) {
            wire.cut("Want a login before so many calls");
            return;
        }
        if (!pace.allows()) {
            tooMany(id, answered, "Rate Limit Exceeded");
            return;
        }
        Consumer<JsonValue> answer = value -> {
            if (answered) {
                reply(id, "result", value);
            }
        };
        if (NasLogin.isMine(method) || isOfConnection(method)) {
            // In order: what follows a login finds it done.
            answerSafely(id, answered, () -> answer.accept(ofConnection(method, params)));
            if (login.refusals() > MOST_REFUSALS) {
                wire.cut("Too many logins that failed");
            }
            return;
        }
        if (caller.isEmpty()) {
            answerSafely(id, answered, () -> {
                throw new CallException(Errno.ENOTAUTHENTICATED, "Not authenticated");
            });
            return;
        }
        if (protocol == Protocol.RPC && !methods.knows(method)) {
            refuseFrame(id, METHOD_NOT_FOUND, "Method does not exist");
            return;
        }
        if (!free.tryAcquire()) {
            tooMany(id, answered, "Maximum number of concurrent calls (%s) has exceeded".formatted(MOST_AT_ONCE));
            return;
        }
        threads.execute(() -> {
            try {
                answerSafely(id, answered, () -> {
                    var call = new NasMethods.Call(params, caller.orElseThrow(), form);
                    finish(methods.call(method, call), id, answered);
                });
            } finally {
                free.release();
            }
        });
    }

    private void tooMany(JsonValue id, boolean answered, String message) {
        if (protocol == Protocol.RPC) {
            refuseFrame(id, TOO_MANY_CALLS, message);
        } else if (answered) {
            fail(id, Failure.of(new CallException(Errno.EBUSY, message)));
        }
    }

    private void finish(Answer answer, JsonValue id, boolean answered) {
        switch (answer) {
            case Answer.Now(JsonValue value) -> {
                if (answered) {
                    reply(id, "result", value);
                }
            }
            case Answer.Later(Run run) -> {
                if (!answered) {
                    return;
                }
                jobs.calledBy(run.id(), id);
                if (legacyJobs) {
                    reply(id, "result", JsonValue.of(run.id()));
                } else {
                    await(run.id(), id);
                }
            }
        }
    }

    /// Answers a call when a run has ended, be it by now.
    private void await(long run, JsonValue id) {
        if (waiting.size() >= MOST_WAITING) {
            throw new CallException(Errno.EBUSY, "Too many jobs are waited for");
        }
        listen(() -> waiting.merge(
                run,
                List.of(id),
                (old, one) -> Stream.concat(old.stream(), one.stream()).toList()));
        Run now = methods.run(run);
        if (now.state().isFinal()) {
            ended(now);
        }
    }

    private void ended(Run run) {
        List<JsonValue> ids = waiting.remove(run.id());
        if (ids == null) {
            return;
        }
        rest();
        Optional<Failure> failure = NasJobs.failure(run);
        for (JsonValue id : ids) {
            if (failure.isPresent()) {
                fail(id, failure.orElseThrow());
            } else {
                reply(id, "result", new JsonValue.Null());
            }
        }
    }

    private void fail(JsonValue id, Failure failure) {
        reply(
                id,
                "error",
                switch (protocol) {
                    case RPC -> failure.rpc();
                    case OLD -> failure.legacy();
                });
    }

    private void answerSafely(JsonValue id, boolean answered, Runnable doing) {
        try {
            doing.run();
        } catch (RuntimeException failure) {
            Failure told = Failure.logged(failure, LOG);
            if (answered) {
                fail(id, told);
            }
        }
    }

    private static boolean isOfConnection(String method) {
        return Set.of("core.set_options", "core.subscribe", "core.unsubscribe", "core.ping")
                .contains(method);
    }

    private JsonValue ofConnection(String method, List<JsonValue> params) {
        if (NasLogin.isMine(method)) {
            return login.call(method, params);
        }
        if (method.equals("core.ping")) {
            return JsonValue.of("pong");
        }
        if (method.equals("core.set_options")) {
            return options(params);
        }
        if (login.caller().isEmpty()) {
            throw new CallException(Errno.ENOTAUTHENTICATED, "Not authenticated");
        }
        if (method.equals("core.subscribe")) {
            return subscribe(params);
        }
        if (!params.isEmpty() && params.getFirst() instanceof JsonValue.Text(String id)) {
            subscriptions.remove(id);
            rest();
        }
        return new JsonValue.Null();
    }

    private JsonValue options(List<JsonValue> params) {
        if (!params.isEmpty()
                && params.getFirst() instanceof JsonValue.Members options
                && member(options, "legacy_jobs") instanceof JsonValue.Truth(boolean legacy)) {
            legacyJobs = legacy;
        }
        Map<String, JsonValue> answer = new LinkedHashMap<>();
        answer.put("legacy_jobs", JsonValue.of(legacyJobs));
        answer.put("private_methods", JsonValue.of(false));
        answer.put("py_exceptions", JsonValue.of(false));
        return new JsonValue.Members(answer);
    }

    private JsonValue subscribe(List<JsonValue> params) {
        String id = names.get();
        if (params.isEmpty() || !(params.getFirst() instanceof JsonValue.Text(String name)) || !subscribed(id, name)) {
            throw new CallException(Errno.EINVAL, "Want a collection that is known: " + JOBS);
        }
        return JsonValue.of(id);
    }

    private boolean subscribed(String id, String name) {
        if (!(name.equals(JOBS) || name.equals("*")) || subscriptions.size() >= MOST_SUBSCRIPTIONS) {
            return false;
        }
        listen(() -> subscriptions.put(id, name));
        return true;
    }

    /// Listens, after it was noted for what.
    private synchronized void listen(Runnable noting) {
        noting.run();
        jobs.listen(this);
    }

    /// Listens no more where nothing is to be heard.
    private synchronized void rest() {
        if (subscriptions.isEmpty() && waiting.isEmpty()) {
            jobs.forget(this);
        }
    }

    @Override
    public void heard(Run run, NasJobs.News news) {
        if (!subscriptions.isEmpty() && login.caller().isPresent()) {
            wire.send(
                    switch (protocol) {
                        case RPC -> news.rpc();
                        case OLD -> news.old();
                    });
        }
        if (run.state().isFinal()) {
            ended(run);
        }
    }

    /// The other end is gone.
    void closed() {
        jobs.forget(this);
        waiting.clear();
        subscriptions.clear();
    }
}
