package io.skyferry.filter;

import io.skyferry.storage.RelPath;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Makes up patterns and paths from few names, so that they often meet.
final class RandomCases {
    private static final List<String> PLAIN_NAMES = List.of(
            "a", "b", "ab", "aa", "A", "x.jpg", "a.jpg", "y.JPG", "c.txt", "1", "22", "é", "e\u0301", "a b", "-", "[x]",
            "{a}", "a,b");
    private static final List<String> ODD_NAMES = List.of(
            "\u212A",
            "\u017F",
            "k",
            "s",
            "\uDCFF",
            "a\uDC80",
            "\uD83D\uDE00",
            "a\nb",
            "*",
            "\u0130",
            "i",
            "\u03A3",
            "\u03C2");
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "x",
            ".jpg",
            ".",
            "A",
            "1",
            "é",
            "k",
            "S",
            "*",
            "*",
            "*",
            "**",
            "?",
            "[ab]",
            "[^a]",
            "[a-c]",
            "[[:digit:]]",
            "\\d",
            "\\*",
            "\\[x\\]",
            "{a,b}",
            "{a,*.jpg}",
            "{,b}",
            "{a/b,c}",
            "{{a|b+}}",
            "{{[a-z]+\\.jpg}}",
            "/",
            "/",
            "/",
            "/");
    private static final List<String> ODD_PIECES = List.of(
            "{a,{b,ab}}",
            "{a,{x,{b,*}}}",
            "{**,b}",
            "{{.*}}",
            "{{a.*\\.jpg}}",
            "{{ab?c+}}",
            "{{a{0,2}b}}",
            "{{(?i).*\\.JPG}}",
            "{{x\\.jp\\w}}",
            "{{.*a$}}",
            "{{(a{40}){40}}}",
            "{{(a{0,2}){3}}}",
            "{{(?i)a}}",
            "\\w",
            "\\.",
            "[^x]",
            "[a\\]b]",
            "[\\[\\]]",
            "[[]",
            "\uDCFF",
            "\uFFFD",
            "\u212A",
            "\u0131",
            "\uD83D\uDE00",
            "//",
            "[/]",
            "***",
            "{",
            "}",
            "]",
            "\\Q",
            "\\b",
            "\\pL",
            "[b-a]",
            ",",
            "[\\]a[b]",
            "!");

    /// How strange the cases may be.
    enum Oddity {
        /// What every version of rclone and every disk takes.
        PLAIN,
        /// Also what is refused somewhere or seldom seen.
        ODD
    }

    private final RandomGenerator random;
    private final Oddity oddity;

    RandomCases(RandomGenerator random, Oddity oddity) {
        this.random = random;
        this.oddity = oddity;
    }

    String name() {
        return odd() ? pick(ODD_NAMES) : pick(PLAIN_NAMES);
    }

    String path() {
        return IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(i -> name()).collect(Collectors.joining("/"));
    }

    /// Paths of files, none of which is a directory of another.
    Set<RelPath> tree(int files) {
        var tree = new TreeSet<RelPath>();
        while (tree.size() < files) {
            var path = new RelPath(path());
            boolean fits = tree.stream().noneMatch(other -> other.holds(path) || path.holds(other));
            if (fits) {
                tree.add(path);
            } else if (random.nextInt(50) == 0) {
                break;
            }
        }
        return tree;
    }

    String pattern() {
        String start = random.nextInt(5) < 2 ? "/" : "";
        String end = random.nextInt(6) == 0 ? pick(List.of("/", "/**", "/*")) : "";
        if (random.nextInt(4) == 0) {
            return start
                    + path().replace("[", "\\[")
                            .replace("]", "\\]")
                            .replace("{", "\\{")
                            .replace("}", "\\}")
                    + end;
        }
        return start
                + IntStream.rangeClosed(0, random.nextInt(4))
                        .mapToObj(i -> piece())
                        .collect(Collectors.joining())
                + end;
    }

    private String piece() {
        return odd() ? pick(ODD_PIECES) : pick(PIECES);
    }

    private boolean odd() {
        return oddity == Oddity.ODD && random.nextInt(4) == 0;
    }

    <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    int upTo(int bound) {
        return random.nextInt(bound);
    }
}
