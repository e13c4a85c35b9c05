package io.skyferry.server.web.tasks;

import io.skyferry.control.json.Json;
import io.skyferry.storage.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// One level of a tree of folders to choose from, or a stretch of a long one.
///
/// @param sought what is shown of it
/// @param nodes a stretch of what was found
/// @param found how many are called as is sought
/// @param all how many there are
/// @param trouble why it cannot be shown; empty: it can
public record TreePart(
        Side side, Sought sought, List<Node> nodes, int found, int all, long files, Optional<String> trouble) {
    private static final int MOST = 200;

    /// Which tree it is.
    public enum Side {
        /// Folders of this machine, to choose one.
        LOCAL,
        /// Folders at the account, to choose one.
        REMOTE,
        /// What lies in the source, to tick some of it.
        SOURCE;

        /// In forms.
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Side of(String key) {
            return switch (key) {
                case "remote" -> REMOTE;
                case "source" -> SOURCE;
                default -> LOCAL;
            };
        }
    }

    /// Makes the list unchangeable.
    public TreePart {
        nodes = List.copyOf(nodes);
    }

    /// What is shown of a level.
    ///
    /// @param at the folder; empty: where one begins
    /// @param text names hold it, whatever the case; empty: all
    /// @param skip how many of them come before
    public record Sought(String at, String text, int skip) {
        private boolean fits(Node node) {
            return text.isEmpty()
                    || node.name()
                            .toLowerCase(Locale.ROOT)
                            .contains(text.strip().toLowerCase(Locale.ROOT));
        }
    }

    /// A file or a folder.
    ///
    /// @param at its whole path
    /// @param isTicked by an include rule
    /// @param fault why it cannot be chosen; empty: it can
    public record Node(
            String name, String at, boolean isFolder, OptionalLong size, boolean isTicked, Optional<String> fault) {
        /// What a browser sends to see what lies in it.
        public String values(Side side) {
            return new Json().put("side", side.key()).put("at", at).toString();
        }

        /// The path as a value of a form, where line ends would be lost.
        public String value() {
            return Json.quoted(isFolder ? at + "/" : at);
        }

        /// The path as a text field takes it.
        public String path() {
            return Json.quoted(at);
        }
    }

    /// A level that cannot be shown.
    static TreePart trouble(Side side, String words) {
        return new TreePart(side, new Sought("", "", 0), List.of(), 0, 0, 0, Optional.of(words));
    }

    /// The folders where one begins.
    static TreePart top(List<String> folders) {
        List<Node> nodes =
                folders.stream().map(one -> node(one, one, true, Set.of())).toList();
        return stretch(Side.LOCAL, new Sought("", "", 0), nodes, 0);
    }

    private static TreePart stretch(Side side, Sought sought, List<Node> all, long files) {
        List<Node> found = all.stream().filter(sought::fits).toList();
        int from = Math.min(sought.skip(), found.size());
        return new TreePart(
                side,
                sought,
                found.subList(from, Math.min(found.size(), from + MOST)),
                found.size(),
                all.size(),
                files,
                Optional.empty());
    }

    /// Whether there are so many that one looks for a name rather than through them.
    public boolean isLong() {
        return all > MOST;
    }

    /// Whether this is the beginning of the level, with what stands above and below it.
    public boolean isBeginning() {
        return sought.skip() == 0;
    }

    /// How many are seen once this stretch is.
    public int shown() {
        return sought.skip() + nodes.size();
    }

    /// What a browser sends to look for a name in this level.
    public String values() {
        return new Json().put("side", side.key()).put("at", sought.at()).toString();
    }

    /// What a browser sends to see the next stretch.
    public String further() {
        return new Json()
                .put("side", side.key())
                .put("at", sought.at())
                .put("text", sought.text())
                .put("skip", shown())
                .toString();
    }

    private static Node node(String name, String at, boolean isFolder, Set<String> ticked) {
        return new Node(
                name,
                at,
                isFolder,
                OptionalLong.empty(),
                ticked.contains(isFolder ? at + "/" : at),
                fault(name, isFolder));
    }

    private static Optional<String> fault(String name, boolean isFolder) {
        boolean surrogate = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < name.length()
                    && Character.isLowSurrogate(name.charAt(i + 1));
            surrogate |= !pair && Character.isSurrogate(c);
            i += pair ? 1 : 0;
        }
        return surrogate
                ? Optional.of(
                        "its name is not UTF-8: choose the %s".formatted(isFolder ? "folder above" : "whole folder"))
                : Optional.empty();
    }

    /// A level as it was listed.
    ///
    /// @param ticked paths, those of folders with `/` behind
    static TreePart of(Side side, Sought sought, List<Entry> entries, Set<String> ticked) {
        String at = sought.at();
        List<Node> folders = new ArrayList<>();
        List<Node> files = new ArrayList<>();
        for (Entry entry : entries) {
            String name = entry.path().name();
            String path = at.isEmpty() ? name : at.endsWith("/") ? at + name : at + "/" + name;
            switch (entry) {
                case Entry.Directory _ -> folders.add(node(name, path, true, ticked));
                case Entry.File file -> {
                    Node plain = node(name, path, false, ticked);
                    OptionalLong size = file.size() < 0 ? OptionalLong.empty() : OptionalLong.of(file.size());
                    files.add(new Node(name, path, false, size, plain.isTicked(), plain.fault()));
                }
                case Entry.Unusable _, Entry.Special _, Entry.Unlisted _, Entry.Leftover _ -> {}
            }
        }
        int count = files.size();
        if (side == Side.SOURCE) {
            folders.addAll(files);
        }
        return stretch(side, sought, folders, side == Side.SOURCE ? 0 : count);
    }
}
