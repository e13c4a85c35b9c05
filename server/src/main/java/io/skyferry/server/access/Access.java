package io.skyferry.server.access;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.user.ApiKeys;
import io.skyferry.control.user.Sessions;
import io.skyferry.control.user.User;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Finds out who asks, and turns away what a foreign page makes a browser ask.
///
/// A browser's session comes by cookie, so that each change has to bring the session's own token along; an API key in
/// `Authorization` is sent by nobody unasked and needs none. Sources: OWASP, "Cross-Site Request Forgery Prevention"
/// and "DNS rebinding"; Fetch Metadata.
public final class Access {
    /// With which a change shows that its page is ours.
    public static final String CSRF = "X-CSRF-Token";

    private static final String BEARER = "Bearer ";
    private final Sessions sessions;
    private final ApiKeys keys;
    private final Door door;

    /// How the service is reached.
    public enum Door {
        /// From this machine alone.
        LOOPBACK,
        /// Without TLS, from anywhere.
        PLAIN,
        /// By TLS.
        TLS
    }

    /// Over the sessions and keys of a service that is reached in this way.
    public Access(Sessions sessions, ApiKeys keys, Door door) {
        this.sessions = sessions;
        this.keys = keys;
        this.door = door;
    }

    /// Turns away requests that no page of ours and no program would send.
    public void checkOrigin(Context context) {
        String host = header(context, "Host").orElse("");
        if (door == Door.LOOPBACK && !isLoopback(host)) {
            throw AccessException.forbidden("Want this machine's own name as host but have '%s'".formatted(host));
        }
        String site = header(context, "Sec-Fetch-Site").orElse("none");
        boolean changes = !Set.of("GET", "HEAD").contains(context.method().name());
        if (changes && !Set.of("none", "same-origin").contains(site)) {
            throw AccessException.forbidden("Want a request of this site's own pages");
        }
        Optional<String> origin = header(context, "Origin");
        if (changes && origin.isPresent() && !isOurs(origin.orElseThrow(), host)) {
            throw AccessException.forbidden("Want a request of this site's own pages");
        }
    }

    private static boolean isLoopback(String host) {
        String name = host.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
        return Set.of("localhost", "127.0.0.1", "[::1]").contains(name);
    }

    private static boolean isOurs(String origin, String host) {
        try {
            return host.equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException unreadable) {
            System.getLogger(Access.class.getName())
                    .log(System.Logger.Level.DEBUG, "An origin that is no URL", unreadable);
            return false;
        }
    }

    /// Who asks.
    ///
    /// @throws AccessException if nobody known does, or a change came without its token
    public Caller caller(Context context) {
        Optional<String> authorization = header(context, "Authorization");
        if (authorization.isPresent()) {
            return ofKey(authorization.orElseThrow())
                    .orElseThrow(() -> AccessException.unknown("Want an API key that is known in 'Authorization'"))
                    .from(context.ip());
        }
        Sessions.Open session =
                session(context).orElseThrow(() -> AccessException.unknown("Want a login or an API key but have none"));
        boolean changes = !Set.of("GET", "HEAD").contains(context.method().name());
        if (changes && !isProof(header(context, CSRF).orElse(""), session)) {
            throw AccessException.forbidden("Want the session's token in '%s'".formatted(CSRF));
        }
        return session.user().from(context.ip());
    }

    /// Whether this is the token of the session, which a page of ours alone knows.
    public static boolean isProof(String given, Sessions.Open session) {
        return MessageDigest.isEqual(
                given.getBytes(StandardCharsets.UTF_8), session.csrf().getBytes(StandardCharsets.UTF_8));
    }

    /// The session that the request belongs to.
    public Optional<Sessions.Open> session(Context context) {
        return Optional.ofNullable(context.cookie(cookieName())).flatMap(sessions::find);
    }

    /// Whether who was let in still may be: the session lives, the key is known. To ask is no use of the session.
    public boolean isStillKnown(Context context) {
        return header(context, "Authorization")
                .map(text -> ofKey(text).isPresent())
                .orElseGet(() -> Optional.ofNullable(context.cookie(cookieName()))
                        .filter(sessions::isOpen)
                        .isPresent());
    }

    private Optional<User> ofKey(String authorization) {
        return Optional.of(authorization)
                .filter(text -> text.startsWith(BEARER))
                .flatMap(text -> keys.userOf(text.substring(BEARER.length()).strip()));
    }

    /// Begins a session and gives it to the browser.
    public Sessions.Open begin(Context context, User user) {
        String token = sessions.begin(user, context.ip());
        context.cookie(cookie(token, -1));
        return sessions.find(token).orElseThrow();
    }

    /// Ends the session of a request.
    public void end(Context context) {
        Optional.ofNullable(context.cookie(cookieName())).ifPresent(sessions::end);
        context.cookie(cookie("", 0));
    }

    /// The prefix keeps others on the host from setting it; browsers take it by TLS alone.
    private String cookieName() {
        return door == Door.TLS ? "__Host-skyferry" : "skyferry";
    }

    private Cookie cookie(String value, int maxAge) {
        var cookie = new Cookie(cookieName(), value);
        cookie.setPath("/");
        cookie.setMaxAge(maxAge);
        cookie.setHttpOnly(true);
        cookie.setSecure(door == Door.TLS);
        cookie.setSameSite(SameSite.STRICT);
        return cookie;
    }

    private static Optional<String> header(Context context, String name) {
        return Optional.ofNullable(context.header(name));
    }
}
