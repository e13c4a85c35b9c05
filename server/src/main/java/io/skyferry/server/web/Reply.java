package io.skyferry.server.web;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// What a browser gets.
public sealed interface Reply {
    /// A whole page within the frame. Its template has the parameters `Frame frame` and `view`.
    ///
    /// @param template below `src/main/jte`, as `runs.jte`
    /// @param view what the template shows
    /// @param scripts of this page alone, as `uplot.min.js`
    record Page(String template, String title, Object view, int status, List<String> scripts) implements Reply {
        /// Makes the list unchangeable.
        public Page {
            scripts = List.copyOf(scripts);
        }

        /// The same with scripts or style sheets of its own.
        public Page with(String... assets) {
            return new Page(template, title, view, status, List.of(assets));
        }
    }

    /// A part of a page, to be put into one. Its template has the parameters `Frame frame` and `view`.
    record Part(String template, Object view) implements Reply {}

    /// Go there.
    ///
    /// @param words to be shown there once
    record To(String path, Optional<String> words) implements Reply {
        /// The same with something to say.
        public To saying(String text) {
            return new To(path, Optional.of(text));
        }
    }

    /// A file to be downloaded.
    record File(String name, String type, InputStream content) implements Reply {}

    /// JSON for scripts.
    record Data(String json) implements Reply {}

    /// A page.
    static Page page(String template, String title, Object view) {
        return new Page(template, title, view, 200, List.of());
    }

    /// A page with a form that could not be taken.
    static Page invalid(String template, String title, Object view) {
        return new Page(template, title, view, 422, List.of());
    }

    /// A part of a page.
    static Part part(String template, Object view) {
        return new Part(template, view);
    }

    /// Go there.
    static To to(String path) {
        return new To(path, Optional.empty());
    }
}
