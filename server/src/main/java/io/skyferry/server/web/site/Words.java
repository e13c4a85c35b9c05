package io.skyferry.server.web.site;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// Something to be said on the next page, once: what became of a form.
final class Words {
    private static final String COOKIE = "skyferry_words";
    private static final int LIFE = 60;
    private static final int MOST = 500;

    private Words() {}

    static void say(Context context, String text) {
        String cut = text.length() > MOST ? text.substring(0, MOST) : text;
        context.cookie(cookie(
                Base64.getUrlEncoder().withoutPadding().encodeToString(cut.getBytes(StandardCharsets.UTF_8)), LIFE));
    }

    static Optional<String> take(Context context) {
        String kept = context.cookie(COOKIE);
        if (kept == null || !kept.matches("[A-Za-z0-9_-]{1,4000}")) {
            return Optional.empty();
        }
        context.cookie(cookie("", 0));
        return Optional.of(new String(Base64.getUrlDecoder().decode(kept), StandardCharsets.UTF_8));
    }

    private static Cookie cookie(String value, int life) {
        var cookie = new Cookie(COOKIE, value);
        cookie.setPath("/");
        cookie.setMaxAge(life);
        cookie.setHttpOnly(true);
        cookie.setSameSite(SameSite.STRICT);
        return cookie;
    }
}
