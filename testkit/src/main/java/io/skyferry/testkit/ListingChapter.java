package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.Capabilities.Order;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.KeyRange;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.ListRequest.Depth;
import io.skyferry.storage.ModTime;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Verb;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Of the contract: listings show everything once, in the order that is declared, page by page.
abstract class ListingChapter extends ContractChapter {
    /// Names that sort differently by UTF-8, by UTF-16 and by segments.
    private static final List<String> ODDLY_SORTED = List.of(
            "a/b",
            "a-b",
            "a.b",
            "a b",
            "a0",
            "ab",
            "a/b-c",
            "a/c/d",
            "B",
            "Y",
            "_",
            "~",
            "ä",
            "é",
            "\uFF5E",
            "\uD83D\uDE00",
            "z/\uD83D\uDE00/x",
            "z/\uFF5E/x",
            "zz");

    ListingChapter(ContractPlace place) {
        super(place);
    }

    private boolean listsTrees() {
        return storage().capabilities().listing().recursive();
    }

    private static String keyOf(Entry entry) {
        return entry instanceof Entry.Directory
                ? entry.path().text() + "/"
                : entry.path().text();
    }

    private static List<String> keysOf(List<Entry> entries) {
        return entries.stream().map(ListingChapter::keyOf).toList();
    }

    private List<String> inOrder(List<String> keys) {
        return storage().capabilities().listing().order() == Order.UTF8_BYTES
                ? keys.stream().sorted(RelPath::compareTexts).toList()
                : keys;
    }

    @Test
    void emptyStorageListsNothing() {
        assertThat(children("")).isEmpty();
        assertThat(tree("")).isEmpty();
    }

    @Test
    void childrenAreWhatLiesDirectlyBelow() {
        write("a/b/deep", "1");
        write("a/file", "2");
        write("a-file", "3");
        assertThat(keysOf(children(""))).containsExactlyInAnyOrder("a/", "a-file");
        assertThat(keysOf(children("a"))).containsExactlyInAnyOrder("a/b/", "a/file");
        assertThat(keysOf(children("a/b"))).containsExactly("a/b/deep");
    }

    @Test
    void treeIsAllThatLiesBelow() {
        write("a/b/deep", "1");
        write("a/file", "2");
        write("a-file", "3");
        assertThat(keysOf(tree(""))).containsExactlyInAnyOrder("a/", "a/b/", "a/b/deep", "a/file", "a-file");
        assertThat(keysOf(tree("a"))).containsExactlyInAnyOrder("a/b/", "a/b/deep", "a/file");
    }

    @Test
    void oddlySortedNamesComeInTheDeclaredOrder() {
        ODDLY_SORTED.forEach(name -> write(name, name));
        List<String> keys = keysOf(tree(""));
        assertThat(keys).doesNotHaveDuplicates();
        assertThat(filesIn(tree(""))).containsExactlyInAnyOrderElementsOf(ODDLY_SORTED);
        if (listsTrees()) {
            assertThat(keys).isEqualTo(inOrder(keys));
        }
        List<String> children = keysOf(children(""));
        assertThat(children).isEqualTo(inOrder(children));
        assertThat(children("z").stream().map(entry -> entry.path().name()))
                .containsExactlyInAnyOrder("\uD83D\uDE00", "\uFF5E");
    }

    @Test
    void pagesHoldEverythingOnce() {
        List<String> written = new ArrayList<>();
        for (int i = 0; i < 57; i++) {
            String name = "d%s/f%s".formatted(i % 3, i);
            written.add(name);
            write(name, name);
        }
        assertThat(filesIn(tree(""))).containsExactlyInAnyOrderElementsOf(written);
        assertThat(filesIn(children("d1"))).hasSize(19).doesNotHaveDuplicates();
    }

    @Test
    void pagesGoOnWhileFilesAreDeleted() {
        for (int i = 0; i < 30; i++) {
            write("d/f" + i, "x");
        }
        Set<String> met = new HashSet<>();
        settle();
        ListRequest request = ListRequest.children(path("d"));
        ListPage page = storage().list(request);
        while (true) {
            for (Entry entry : page.entries()) {
                assertThat(met.add(entry.path().text())).isTrue();
                storage().delete(file(entry.path().text()));
            }
            if (page.next().isEmpty()) {
                break;
            }
            page = storage().list(request.goOnAfter(page.next().orElseThrow()));
        }
        assertThat(met).hasSize(30);
    }

    @Test
    void rangeLeavesOthersOut() {
        List.of("a", "b/1", "b/2", "b/3", "b-", "c", "d/x").forEach(name -> write(name, name));
        var range = new KeyRange(Optional.of("b/2"), Optional.of("d"));
        List<Entry> found = listsTrees()
                ? allPages(new ListRequest(
                        RelPath.ROOT, Depth.TREE, range, Optional.empty(), ListRequest.Descent.EVERYWHERE))
                : allPages(new ListRequest(
                        path("b"), Depth.CHILDREN, range, Optional.empty(), ListRequest.Descent.EVERYWHERE));
        assertThat(filesIn(found))
                .containsExactlyInAnyOrderElementsOf(listsTrees() ? List.of("b/2", "b/3", "c") : List.of("b/2", "b/3"));
    }

    @Test
    void everythingInEnteredDirectoriesComesWhateverTheHint() {
        List.of("in/1", "in/deep/2", "out/3", "out/deep/4", "top").forEach(name -> write(name, name));
        if (listsTrees()) {
            List<String> found = filesIn(allPages(ListRequest.tree(RelPath.ROOT)
                    .descending(directory -> !path("out").holds(directory))));
            assertThat(found).contains("in/1", "in/deep/2", "top");
        }
    }

    @Test
    void missingDirectoryIsNotFound() {
        write("a/file", "content");
        assertFails(
                Verb.LIST, "nothing", () -> storage().list(ListRequest.children(path("nothing"))), ErrorKind.NOT_FOUND);
        assertFails(
                Verb.LIST,
                "a/nothing",
                () -> storage().list(ListRequest.children(path("a/nothing"))),
                ErrorKind.NOT_FOUND);
    }

    @Test
    void fileIsNoDirectory() {
        write("a/file", "content");
        assertFails(
                Verb.LIST,
                "a/file",
                () -> storage().list(ListRequest.children(path("a/file"))),
                ErrorKind.NOT_A_DIRECTORY,
                ErrorKind.NOT_FOUND);
    }

    @Test
    void listedFilesAreThoseOfStat() {
        write("a/file", "content");
        write("b", "other content");
        for (Entry entry : tree("")) {
            if (entry instanceof Entry.File listed) {
                Entry.File stat = file(listed.path().text());
                assertThat(listed.size()).isEqualTo(stat.size());
                assertThat(listed.version()).isEqualTo(stat.version());
                assertThat(listed.id()).isEqualTo(stat.id());
                if (listed.modTime() instanceof ModTime.NotListed) {
                    assertThat(stat.modTime()).isInstanceOf(ModTime.Known.class);
                } else {
                    assertThat(listed.modTime()).isEqualTo(stat.modTime());
                }
                listed.hashes()
                        .forEach((type, hash) -> assertThat(stat.hashes()).containsEntry(type, hash));
                assertThat(storage().delete(listed)).isNotNull();
                assertThat(storage().stat(listed.path())).isEmpty();
            }
        }
    }

    @Test
    void changesShow() {
        Entry.File gone = write("gone", "1");
        write("changed", "2");
        children("");
        storage().delete(gone);
        write("changed", "another content");
        write("new", "3");
        assertThat(filesIn(children(""))).containsExactlyInAnyOrder("changed", "new");
        assertThat(children("").stream()
                        .filter(entry -> entry.path().equals(path("changed")))
                        .map(entry -> ((Entry.File) entry).size()))
                .containsExactly(15L);
    }

    @Test
    void deepTreesAreListed() {
        String deep = "d/".repeat(40) + "file";
        write(deep, "content");
        assertThat(filesIn(tree(""))).containsExactly(deep);
        assertThat(tree("")).hasSize(41);
        assertThat(keysOf(tree("")).stream().sorted(Comparator.comparingInt(String::length)))
                .isEqualTo(
                        keysOf(tree("")).stream().sorted(RelPath::compareTexts).toList());
    }
}
