package io.skyferry.control.form;

import io.skyferry.storage.RelPath;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Files and folders that were ticked in a tree, and the task they make: the folder that holds them, and an include
/// rule for each.
///
/// Source: TrueNAS's "Directory/Files": what is ticked lies in one folder; a folder becomes `/name/**`. That files
/// can be ticked too is ours.
///
/// @param folder that holds them all; an absolute path of this machine, or a path at the account
/// @param names below the folder, those of directories with `/` behind; empty: the whole folder
public record Ticks(String folder, Set<String> names) {
    private static final String SPECIAL = "\\*?[]{}";
    private static final String BELOW = "/**";

    /// Sorts the names.
    public Ticks {
        names = Collections.unmodifiableSet(new TreeSet<>(names));
    }

    /// What was ticked, each as a whole path; one folder alone is the task's folder itself.
    ///
    /// @param paths those of directories with `/` behind
    /// @throws IllegalArgumentException if they do not lie in one folder
    public static Ticks of(List<String> paths) {
        if (paths.isEmpty()) {
            return new Ticks("", Set.of());
        }
        if (paths.size() == 1 && paths.getFirst().endsWith("/")) {
            String folder = paths.getFirst();
            return new Ticks(folder.equals("/") ? "/" : folder.substring(0, folder.length() - 1), Set.of());
        }
        Set<String> names = new TreeSet<>();
        Set<String> parents = new TreeSet<>();
        for (String path : paths) {
            int end = path.endsWith("/") ? path.length() - 1 : path.length();
            int slash = path.lastIndexOf('/', end - 1);
            parents.add(slash < 0 ? "" : path.substring(0, Math.max(slash, slash == 0 ? 1 : slash)));
            names.add(path.substring(slash + 1));
        }
        if (parents.size() > 1) {
            throw new IllegalArgumentException("Want files and folders that lie in one folder but have some in '%s'"
                    .formatted(String.join("', '", parents)));
        }
        return new Ticks(parents.iterator().next(), names);
    }

    /// The include rules that select what was ticked; none for the whole folder.
    public List<String> includes() {
        return names.stream().map(Ticks::rule).toList();
    }

    private static String rule(String name) {
        boolean directory = name.endsWith("/");
        String bare = directory ? name.substring(0, name.length() - 1) : name;
        return "/" + escaped(bare) + (directory ? BELOW : "");
    }

    private static String escaped(String name) {
        var rule = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            switch (c) {
                case '\n' -> rule.append("\\n");
                case '\r' -> rule.append("\\r");
                default -> {
                    if (SPECIAL.indexOf(c) >= 0) {
                        rule.append('\\');
                    }
                    rule.append(c);
                }
            }
        }
        return rule.toString();
    }

    /// What was ticked to make these rules; empty where they were written otherwise.
    public static Optional<Ticks> of(String folder, List<String> includes) {
        Set<String> names = new TreeSet<>();
        for (String include : includes) {
            Optional<String> name = name(include);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.orElseThrow());
        }
        var ticks = new Ticks(folder, names);
        return Set.copyOf(ticks.includes()).equals(Set.copyOf(includes)) ? Optional.of(ticks) : Optional.empty();
    }

    private static Optional<String> name(String include) {
        if (!include.startsWith("/")) {
            return Optional.empty();
        }
        boolean directory = include.endsWith(BELOW) && include.length() > BELOW.length();
        String rule = include.substring(1, directory ? include.length() - BELOW.length() : include.length());
        var name = new StringBuilder();
        for (int i = 0; i < rule.length(); i++) {
            char c = rule.charAt(i);
            if (c == '\\' && i + 1 < rule.length()) {
                i++;
                name.append(
                        switch (rule.charAt(i)) {
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> rule.charAt(i);
                        });
            } else {
                name.append(c);
            }
        }
        boolean sound = !name.isEmpty() && RelPath.faultOf(name.toString()).isEmpty();
        return sound ? Optional.of(name + (directory ? "/" : "")) : Optional.empty();
    }

    /// What the rules come to, for the person who ticked.
    public String words() {
        return names.isEmpty()
                ? "Everything in the folder."
                : "Only what is ticked: %s include %s, and nothing else of '%s'."
                        .formatted(names.size(), names.size() == 1 ? "rule" : "rules", folder);
    }
}
