package io.skyferry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.WriteOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GeneratedStorageTest {
    private static List<Entry> all(Storage storage, ListRequest request) {
        List<Entry> all = new ArrayList<>();
        ListRequest next = request;
        while (true) {
            ListPage page = storage.list(next);
            all.addAll(page.entries());
            if (page.next().isEmpty()) {
                return all;
            }
            next = request.goOnAfter(page.next().orElseThrow());
        }
    }

    private static String keyOf(Entry entry) {
        return entry instanceof Entry.Directory
                ? entry.path().text() + "/"
                : entry.path().text();
    }

    @Test
    void treeIsSortedAndWhole() {
        var storage = new GeneratedStorage("g", Generated.inDirectories(30, 3000));
        List<String> keys = all(storage, ListRequest.tree(RelPath.ROOT)).stream()
                .map(GeneratedStorageTest::keyOf)
                .toList();
        assertThat(keys)
                .hasSize(3030)
                .isSortedAccordingTo(RelPath::compareTexts)
                .doesNotHaveDuplicates();
    }

    @Test
    void walkingFindsWhatTheTreeHolds() {
        var storage = new GeneratedStorage("g", Generated.inDirectories(2500, 5000));
        List<Entry> top = all(storage, ListRequest.children(RelPath.ROOT));
        assertThat(top).hasSize(2500).allMatch(Entry.Directory.class::isInstance);
        assertThat(all(storage, ListRequest.children(new RelPath("d000000007"))))
                .extracting(entry -> entry.path().text())
                .containsExactly("d000000007/f000000014", "d000000007/f000000015");
    }

    @Test
    void listedFilesAreThoseOfStatAndCanBeRead() throws IOException {
        var storage = new GeneratedStorage("g", Generated.inOneDirectory(20).changedEvery(5));
        for (Entry entry : all(storage, ListRequest.tree(RelPath.ROOT))) {
            var file = (Entry.File) entry;
            assertThat(storage.stat(file.path())).contains(file);
            try (Body body = storage.read(file, ByteRange.ALL)) {
                assertThat(body.stream().readAllBytes()).hasSize((int) file.size());
            }
        }
        assertThat(storage.stat(new RelPath("f000000020"))).isEmpty();
        assertThat(storage.stat(new RelPath("other"))).isEmpty();
    }

    @Test
    void changedFilesDifferInVersionAndContent() throws IOException {
        var plain = new GeneratedStorage("g", Generated.inOneDirectory(10));
        var changed = new GeneratedStorage("g", Generated.inOneDirectory(10).changedEvery(5));
        List<Entry> one = all(plain, ListRequest.tree(RelPath.ROOT));
        List<Entry> other = all(changed, ListRequest.tree(RelPath.ROOT));
        for (int i = 0; i < 10; i++) {
            assertThat(one.get(i).equals(other.get(i))).isEqualTo(i % 5 != 0);
        }
        try (Body left = plain.read((Entry.File) one.getFirst(), ByteRange.ALL);
                Body right = changed.read((Entry.File) other.getFirst(), ByteRange.ALL)) {
            assertThat(left.stream().readAllBytes()).isNotEqualTo(right.stream().readAllBytes());
        }
    }

    @Test
    void writtenBytesAreCountedAndForgotten() {
        var sink = new GeneratedStorage("sink", Generated.NOTHING);
        Entry.File written = sink.write(new RelPath("a/file"), BytesContent.of(new byte[100_000]), WriteOptions.PLAIN);
        assertThat(written.size()).isEqualTo(100_000);
        assertThat(sink.writtenBytes()).isEqualTo(100_000);
        assertThat(all(sink, ListRequest.tree(RelPath.ROOT))).isEmpty();
    }

    @Test
    @Tag("slow")
    void millionEntriesAreListedPageByPage() {
        var storage = new GeneratedStorage("g", Generated.inDirectories(10_000, 1_000_000));
        long entries = 0;
        ListRequest next = ListRequest.tree(RelPath.ROOT);
        while (true) {
            ListPage page = storage.list(next);
            entries += page.entries().size();
            if (page.next().isEmpty()) {
                break;
            }
            next = next.goOnAfter(page.next().orElseThrow());
        }
        assertThat(entries).isEqualTo(1_010_000);
    }
}
