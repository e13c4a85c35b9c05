package io.skyferry.storages.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.storage.Entry;
import io.skyferry.storage.KeyRange;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.ListRequest.Depth;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys that no path is stored under: nothing of them gets lost.
class KeysTest {
    private final Simulated simulated = new Simulated(S3Rules.AMAZON);

    @AfterEach
    void stop() {
        assertThat(simulated.server().complaints()).isEmpty();
        simulated.close();
    }

    private void put(String... keys) {
        for (String key : keys) {
            byte[] bytes = new byte[key.endsWith("/") ? 0 : 1];
            simulated.server().put(Simulated.BUCKET, key, bytes, Map.of());
        }
    }

    private List<Entry> tree(int pageKeys, String path) {
        try (Storage storage = simulated.open(pageKeys, S3Settings.MAX_PART, simulated.settings(path))) {
            return all(storage, ListRequest.tree(RelPath.ROOT));
        }
    }

    private static List<Entry> all(Storage storage, ListRequest request) {
        List<Entry> entries = new ArrayList<>();
        ListRequest next = request;
        while (true) {
            ListPage page = storage.list(next);
            entries.addAll(page.entries());
            if (page.next().isEmpty()) {
                return entries;
            }
            next = request.goOnAfter(page.next().orElseThrow());
        }
    }

    private static List<String> told(List<Entry> entries) {
        return entries.stream()
                .map(entry -> switch (entry) {
                    case Entry.File file -> file.path().text();
                    case Entry.Directory directory -> directory.path() + "/";
                    case Entry.Unusable unusable -> "? " + unusable.path() + ": " + unusable.rawName();
                    default -> String.valueOf(entry);
                })
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 1000})
    void keysThatAreNoPathsAreToldWhateverThePages(int pageKeys) {
        put("../up", "/top", "a", "a//b", "a/./c", "a/b", "a/b/", "dir/", "dir/x ", "z\u201B\u201By");
        assertThat(told(tree(pageKeys, Simulated.BUCKET)))
                .containsExactlyInAnyOrder(
                        "? : ../up",
                        "? : /top",
                        "a",
                        "a/",
                        "? a: a//b",
                        "? a: a/./c",
                        "a/b",
                        "a/b/",
                        "dir/",
                        "dir/x ",
                        "? : z\u201B\u201By");
    }

    @Test
    void markerWithContentIsTold() {
        simulated.server().put(Simulated.BUCKET, "dir/", new byte[5], Map.of());
        assertThat(told(tree(1000, Simulated.BUCKET))).containsExactly("? dir: dir/");
    }

    @Test
    void childrenLeaveNothingOutEither() {
        put("a//b", "a/b/c", "a/d", "a/e/", "b");
        try (Storage storage = simulated.open(Simulated.BUCKET)) {
            assertThat(told(all(storage, ListRequest.children(RelPath.ROOT)))).containsExactly("a/", "b");
            assertThat(told(all(storage, ListRequest.children(new RelPath("a")))))
                    .containsExactlyInAnyOrder("? a: a//", "a/b/", "a/d", "a/e/");
        }
    }

    @Test
    void namesThatStandForOthersComeInTheOrderOfWhatTheyStandFor() {
        put("caf", "caf\u201BE9", "cafe", "caf\u00E9", "caf\u201B", "d\u201B80/x");
        List<String> paths = told(tree(1000, Simulated.BUCKET));
        assertThat(paths)
                .containsExactlyInAnyOrder(
                        "caf", "caf\uDCE9", "cafe", "caf\u00E9", "caf\u201B", "d\uDC80/", "d\uDC80/x");
        assertThat(paths.stream().sorted(RelPath::compareTexts)).isEqualTo(paths);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1000})
    void rangesBeginAndEndWhereTheyShould(int pageKeys) {
        List<String> keys = IntStream.range(0, 60)
                .mapToObj(i -> "d%s/f%s".formatted(i / 10, i % 10))
                .toList();
        put(keys.toArray(String[]::new));
        try (Storage storage = simulated.open(pageKeys, S3Settings.MAX_PART, simulated.settings(Simulated.BUCKET))) {
            var range = new KeyRange(Optional.of("d1/f3"), Optional.of("d4/f0"));
            List<Entry> found = all(
                    storage,
                    new ListRequest(RelPath.ROOT, Depth.TREE, range, Optional.empty(), ListRequest.Descent.EVERYWHERE));
            assertThat(found.stream()
                            .filter(Entry.File.class::isInstance)
                            .map(entry -> entry.path().text()))
                    .isEqualTo(keys.subList(13, 40));
            assertThat(found.getFirst().path().text()).isEqualTo("d1");
        }
    }

    /// Wherever it is cut: also at names that the server has in another spelling and order.
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void rangesPartAllKeysSoThatEachIsInOne(int pageKeys) {
        put(
                "../up",
                "/top",
                "a",
                "a//b",
                "a/./c",
                "a/b",
                "a/b/",
                "b0",
                "b5",
                "b9/x",
                "b9/y",
                "c/",
                "caf\u201BE9",
                "cz");
        put("d\u201B80/x", "da", "m\u2044n", "z\u201B\u201By", "zz/");
        List<String> whole = keysOnly(tree(pageKeys, Simulated.BUCKET));
        try (Storage storage = simulated.open(pageKeys, S3Settings.MAX_PART, simulated.settings(Simulated.BUCKET))) {
            for (List<String> cuts :
                    List.of(List.of("b"), List.of("a/b", "b9/x", "d"), List.of("a/b0", "b9", "cb", "da", "e", "zz"))) {
                List<String> found = new ArrayList<>();
                Optional<String> from = Optional.empty();
                for (int i = 0; i <= cuts.size(); i++) {
                    Optional<String> to = i < cuts.size() ? Optional.of(cuts.get(i)) : Optional.empty();
                    var range = new KeyRange(from, to);
                    found.addAll(keysOnly(all(
                            storage,
                            new ListRequest(
                                    RelPath.ROOT,
                                    Depth.TREE,
                                    range,
                                    Optional.empty(),
                                    ListRequest.Descent.EVERYWHERE))));
                    from = to;
                }
                assertThat(found).as(cuts.toString()).containsExactlyInAnyOrderElementsOf(whole);
            }
        }
    }

    private static List<String> keysOnly(List<Entry> entries) {
        return told(entries).stream().filter(text -> !text.endsWith("/")).toList();
    }

    @Test
    void textRightBeforeAKeyIsFollowedByItAlone() {
        for (String key : List.of("a", "a/b", "b\u0001", "x\uE000", "\uD83D\uDE00", "a\uFFFF")) {
            String before = S3Listing.justBefore(key);
            assertThat(RelPath.compareTexts(before, key)).isNegative();
            assertThat(RelPath.compareTexts(
                            before,
                            key.substring(0, key.length() - Character.charCount(key.codePointBefore(key.length())))))
                    .isNotNegative();
        }
    }

    @Test
    void prefixBoundsWhatIsSeen() {
        put("pre/a", "pre/b/c", "prefix", "pre-x", "pre");
        assertThat(told(tree(2, Simulated.BUCKET + "/pre"))).containsExactly("a", "b/", "b/c");
    }
}
