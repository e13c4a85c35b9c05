package io.skyferry.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// A user's name and password.
public record Login(String user, String password) {
    public Login {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("Want a user name without ':'");
        }
    }

    /// The value of an `Authorization` or `Proxy-Authorization` field by the Basic scheme, in UTF-8.
    public String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    /// The user alone.
    @Override
    public String toString() {
        return "Login[" + user + "]";
    }
}
