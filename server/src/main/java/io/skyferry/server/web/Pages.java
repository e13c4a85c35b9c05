package io.skyferry.server.web;

import java.util.List;

/// Some pages that belong together. Whoever adds some enters them in [io.skyferry.server.web.site.Site].
public interface Pages {
    /// Where they stand in the navigation; empty: nowhere.
    List<NavEntry> entries();

    /// What they answer.
    List<WebRoute> routes();
}
