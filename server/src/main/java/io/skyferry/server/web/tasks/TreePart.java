package io.skyferry.server.web.tasks;

import io.skyferry.control.json.Json;
import io.skyferry.storage.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// One level of a tree of folders to choose from.
///
/// @param trouble why it cannot be shown; empty: it can
/// @param hidden how many more there are
public record TreePart(Side side, List<Node> nodes, long hidden, long files, Optional<String> trouble) {
    private static final int MOST = 500;

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
        return new TreePart(side, List.of(), 0, 0, Optional.of(words));
    }

    /// The folders where one begins.
    static TreePart top(List<String> folders) {
        return new TreePart(
                Side.LOCAL,
                folders.stream().map(one -> node(one, one, true, Set.of())).toList(),
                0,
                0,
                Optional.empty());
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
    /// @param at the folder; empty: where one begins
    /// @param ticked paths, those of folders with `/` behind
    static TreePart of(Side side, String at, List<Entry> entries, Set<String> ticked) {
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
        return new TreePart(
                side,
                folders.stream().limit(MOST).toList(),
                Math.max(0, folders.size() - MOST),
                side == Side.SOURCE ? 0 : count,
                Optional.empty());
    }
}
