package io.skyferry.server.web.credentials;

import java.util.List;

/// The kinds of account that there can be.
public record KindsPage(List<Choice> kinds) {
    /// Makes the list unchangeable.
    public KindsPage {
        kinds = List.copyOf(kinds);
    }

    /// One kind.
    public record Choice(String key, String title, String icon) {}
}
