package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.hash.Hasher;
import io.skyferry.simulators.s3.S3Fault;
import io.skyferry.simulators.s3.S3Rules;
import io.skyferry.simulators.s3.S3Simulator;
import io.skyferry.storage.HashType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole commands between folders and a simulated bucket.
@Tag("slow")
class BucketCommandsTest {
    private final Path folder;
    private final Path source;
    private final S3Simulator server = new S3Simulator(S3Rules.AMAZON, Instant::now).withBucket("bucket");
    private final Program program;

    BucketCommandsTest(@TempDir Path folder) {
        this.folder = folder;
        this.source = folder.resolve("source");
        this.program = new Program(
                folder.resolve("home"),
                Map.of(
                        "AWS_ACCESS_KEY_ID", S3Simulator.KEY_ID,
                        "AWS_SECRET_ACCESS_KEY", S3Simulator.SECRET,
                        "AWS_ENDPOINT_URL_S3", server.address().toString()));
    }

    @BeforeEach
    void fill() throws IOException {
        var random = new Random(5);
        for (int i = 0; i < 25; i++) {
            Trees.put(source.resolve("d" + i % 3 + "/file" + i), random.nextInt(20_000), random);
        }
        Trees.put(source.resolve("large"), 40 << 20, random);
        Files.setLastModifiedTime(
                source.resolve("large"), FileTime.from(Instant.parse("2024-02-03T04:05:06.123456789Z")));
    }

    @AfterEach
    void stop() {
        assertThat(server.complaints()).isEmpty();
        server.close();
    }

    private Program.Ended run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--s3-provider", "minio"));
        return program.run(all.toArray(String[]::new));
    }

    private Program.Ended sync(String from, String to, String... more) {
        List<String> all = new ArrayList<>(List.of("sync", "--json", from, to));
        all.addAll(List.of(more));
        return run(all.toArray(String[]::new));
    }

    @Test
    void folderGoesToABucketAndComesBackTheSame() throws IOException {
        Program.Ended up = sync(source.toString(), "s3:bucket/photos");
        assertThat(up.exit()).as(up.err()).isZero();
        assertThat(up.lastLine()).contains("\"files\":26", "\"failed\":0");
        assertThat(server.keys("bucket")).hasSize(26).contains("photos/large", "photos/d0/file0");
        assertThat(server.headers("bucket", "photos/large")).containsEntry("x-amz-meta-mtime", "1706933106.123456789");
        assertThat(server.unfinishedUploads("bucket")).isZero();

        Path back = folder.resolve("back");
        Program.Ended down = sync("s3:bucket/photos", back.toString());
        assertThat(down.exit()).as(down.err()).isZero();
        assertThat(Trees.of(back)).isEqualTo(Trees.of(source));
        assertThat(Files.getLastModifiedTime(back.resolve("large")).toInstant())
                .isEqualTo(Instant.parse("2024-02-03T04:05:06.123456789Z"));
    }

    @Test
    void settingThatBucketsDoNotHaveIsRefusedBeforeAnythingIsAsked() {
        Program.Ended ended = run("sync", source.toString(), "s3:bucket/x", "--s3-option", "list-versoin=1");

        assertThat(ended.exit()).isEqualTo(2);
        assertThat(ended.err()).contains("Want a setting of 's3' but have 'list-versoin'", "list-version,");
        assertThat(server.counts()).isEmpty();
    }

    @Test
    void newSmallFilesComeByOneRequestEachWithTheirTimes() throws IOException {
        Files.setLastModifiedTime(source.resolve("d1/file1"), FileTime.from(Instant.parse("2023-01-02T03:04:05.006Z")));
        sync(source.toString(), "s3:bucket/photos");
        server.resetCounts();
        Path back = folder.resolve("back");
        Program.Ended down = sync("s3:bucket/photos", back.toString(), "--exclude", "/large");
        assertThat(down.exit()).as(down.err()).isZero();
        assertThat(server.counts()).containsEntry("GetObject", 25L).doesNotContainKey("HeadObject");
        assertThat(Files.getLastModifiedTime(back.resolve("d1/file1")).toInstant())
                .isEqualTo(Instant.parse("2023-01-02T03:04:05.006Z"));
        server.resetCounts();
        assertThat(sync("s3:bucket/photos", back.toString(), "--exclude", "/large")
                        .lastLine())
                .contains("\"files\":0", "\"unchanged\":25");
        assertThat(server.counts().keySet()).isEqualTo(Set.of("ListObjectsV2"));
    }

    @Test
    void quietRunsListAndAskNothingElse() {
        sync(source.toString(), "s3:bucket/photos");
        server.resetCounts();
        Program.Ended again = sync(source.toString(), "s3:bucket/photos");
        assertThat(again.lastLine()).contains("\"files\":0", "\"unchanged\":26");
        assertThat(server.counts().keySet()).isEqualTo(Set.of("ListObjectsV2"));
    }

    @Test
    void oneFileIsLookedUpByWhoMayReadItAndNotList() throws IOException {
        sync(source.toString(), "s3:bucket/photos");
        server.resetCounts();
        Path back = folder.resolve("back");
        assertThat(run("copy", "s3:bucket/photos/d1/file1", back.toString()).exit())
                .isZero();
        assertThat(back.resolve("file1")).hasSameBinaryContentAs(source.resolve("d1/file1"));
        assertThat(Files.getLastModifiedTime(back.resolve("file1")))
                .isEqualTo(Files.getLastModifiedTime(source.resolve("d1/file1")));
        assertThat(server.counts()).containsEntry("ListObjectsV2", 1L).containsEntry("GetObject", 1L);

        server.faults().next(100, "ListObjectsV2", new S3Fault.Refuses(403, "AccessDenied", Optional.empty()));
        Program.Ended denied = run("copy", "s3:bucket/photos/large", back.toString());
        assertThat(denied.exit()).as(denied.err()).isZero();
        assertThat(back.resolve("large")).hasSameBinaryContentAs(source.resolve("large"));
        assertThat(run("copy", "s3:bucket/photos", folder.resolve("all").toString())
                        .exit())
                .isNotZero();
    }

    @Test
    void oneFileThatIsThereAlreadyIsLookedUpInAFullFolder() throws IOException {
        sync(source.toString(), "s3:bucket/photos/d1");
        server.resetCounts();
        Path one = Files.writeString(folder.resolve("one"), "one", StandardCharsets.UTF_8);
        assertThat(run("copy", one.toString(), "s3:bucket/photos/d1").exit()).isZero();
        assertThat(server.bytes("bucket", "photos/d1/one")).isEqualTo("one".getBytes(StandardCharsets.UTF_8));
        server.resetCounts();
        Program.Ended again = run("copy", "--json", one.toString(), "s3:bucket/photos/d1");
        assertThat(again.lastLine()).contains("\"files\":0", "\"unchanged\":1");
        assertThat(server.counts().keySet()).isEqualTo(Set.of("HeadObject"));
    }

    @Test
    void changeOfATimeAloneIsStoredAndCheckAgrees() throws IOException {
        sync(source.toString(), "s3:bucket/photos");
        Files.setLastModifiedTime(source.resolve("d0/file0"), FileTime.from(Instant.parse("2021-02-03T04:05:06Z")));
        assertThat(run("check", source.toString(), "s3:bucket/photos").exit()).isEqualTo(1);
        server.resetCounts();
        assertThat(sync(source.toString(), "s3:bucket/photos").lastLine())
                .contains("\"files\":0", "\"unchanged\":26", "\"setModTime\":1");
        assertThat(server.counts()).containsEntry("CopyObject", 1L).doesNotContainKey("PutObject");
        assertThat(server.headers("bucket", "photos/d0/file0")).containsEntry("x-amz-meta-mtime", "1612325106");
        assertThat(run("check", source.toString(), "s3:bucket/photos").exit()).isZero();
        server.resetCounts();
        sync(source.toString(), "s3:bucket/photos");
        assertThat(server.counts().keySet()).isEqualTo(Set.of("ListObjectsV2"));
    }

    @Test
    void renamedFolderIsCopiedInTheBucketAndSentNoMore() throws IOException {
        sync(source.toString(), "s3:bucket/photos");
        Files.move(source.resolve("d0"), source.resolve("renamed"));
        Files.move(source.resolve("large"), source.resolve("renamed/large"));
        Program.Ended plan = sync(source.toString(), "s3:bucket/photos", "--dry-run");
        assertThat(plan.lastLine())
                .contains("\"renamed\":10", "\"copy\":10", "\"delete\":10")
                .doesNotContain("move");
        server.resetCounts();
        Program.Ended again = sync(source.toString(), "s3:bucket/photos");
        assertThat(again.err()).doesNotContain("WARN");
        assertThat(again.lastLine()).contains("\"files\":0", "\"renamed\":10", "\"deleted\":0", "\"unchanged\":16");
        assertThat(server.counts())
                .containsEntry("CopyObject", 10L)
                .containsEntry("DeleteObjects", 1L)
                .doesNotContainKey("PutObject");
        assertThat(server.keys("bucket")).hasSize(26).contains("photos/renamed/large");
        Path back = folder.resolve("back");
        assertThat(sync("s3:bucket/photos", back.toString()).exit()).isZero();
        assertThat(Trees.of(back)).isEqualTo(Trees.of(source));
        server.resetCounts();
        sync(source.toString(), "s3:bucket/photos");
        assertThat(server.counts().keySet()).isEqualTo(Set.of("ListObjectsV2"));
    }

    @Test
    void markersOfFoldersStayAndNoPlanSpeaksOfThem() {
        server.put("bucket", "photos/old/", new byte[0], Map.of());
        server.put("bucket", "photos/old/file", new byte[] {1}, Map.of());
        Program.Ended plan = sync(source.toString(), "s3:bucket/photos", "--dry-run");
        assertThat(plan.out()).contains("\"step\":\"delete\"").doesNotContain("removeDirectory");
        assertThat(sync(source.toString(), "s3:bucket/photos").exit()).isZero();
        assertThat(server.keys("bucket")).hasSize(27).contains("photos/old/").doesNotContain("photos/old/file");
        assertThat(sync(source.toString(), "s3:bucket/photos", "--dry-run").out())
                .doesNotContain("\"event\":\"plan\"");
    }

    @Test
    void changesAndDeletesArriveAndNothingElse() throws IOException {
        sync(source.toString(), "s3:bucket");
        Files.writeString(source.resolve("d0/file0"), "changed");
        Files.delete(source.resolve("d1/file1"));
        Files.delete(source.resolve("d2/file2"));
        server.resetCounts();
        Program.Ended again = sync(source.toString(), "s3:bucket");
        assertThat(again.lastLine()).contains("\"files\":1", "\"deleted\":2", "\"failed\":0");
        assertThat(server.counts()).containsEntry("PutObject", 1L).containsEntry("DeleteObjects", 1L);
        assertThat(server.keys("bucket")).hasSize(24);
    }

    @Test
    void bucketThatFailsAThirdOfAllRequestsEndsRight() {
        server.faults().often(7, 330, S3Fault.slowDown());
        Program.Ended up = sync(source.toString(), "s3:bucket/photos", "--retries", "30");
        assertThat(up.exit()).as(up.err()).isZero();
        server.faults().stop();
        assertThat(server.keys("bucket")).hasSize(26);
        Path back = folder.resolve("back");
        assertThat(sync("s3:bucket/photos", back.toString()).exit()).isZero();
        assertThat(Trees.of(back)).isEqualTo(Trees.of(source));
    }

    @Test
    void largeFileThatIsNotWhatItsChecksumSaysDoesNotArrive() {
        byte[] bytes = new byte[65 << 20];
        new Random(6).nextBytes(bytes);
        String told = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Hasher.hex(HashType.MD5, bytes)));
        // The tag of a file in parts says nothing of the whole.
        Map<String, String> parts = Map.of("x-amz-server-side-encryption", "aws:kms", "x-amz-meta-md5chksum", told);
        server.put("bucket", "good/file", bytes, parts);
        bytes[bytes.length / 2] ^= 1;
        server.put("bucket", "bad/file", bytes, parts);
        Path good = folder.resolve("good");
        Path bad = folder.resolve("bad");

        assertThat(sync("s3:bucket/good", good.toString()).exit()).isZero();
        Program.Ended ended = sync("s3:bucket/bad", bad.toString());

        assertThat(good.resolve("file")).hasSize(bytes.length);
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.out()).contains("as the source says");
        assertThat(bad.resolve("file")).doesNotExist();
        assertThat(Trees.of(bad)).isEmpty();
    }

    @Test
    void bucketGoesToAnotherBucket() {
        server.withBucket("other");
        sync(source.toString(), "s3:bucket/a");
        server.resetCounts();
        Program.Ended across = sync("s3:bucket/a", "s3:other/b");
        assertThat(across.exit()).as(across.err()).isZero();
        assertThat(server.counts())
                .containsEntry("CopyObject", 26L)
                .doesNotContainKeys("GetObject", "PutObject", "UploadPart");
        assertThat(server.keys("other")).hasSize(26);
        assertThat(server.bytes("other", "b/large")).isEqualTo(server.bytes("bucket", "a/large"));
        assertThat(server.headers("other", "b/large")).containsEntry("x-amz-meta-mtime", "1706933106.123456789");
    }

    @Test
    void serverThatCopiesNothingIsSentTheBytes() {
        server.withBucket("other");
        sync(source.toString(), "s3:bucket/a", "--exclude", "/large");
        server.faults().next(25, "CopyObject", new S3Fault.Refuses(501, "NotImplemented", Optional.empty()));
        Program.Ended across = sync("s3:bucket/a", "s3:other/b");
        assertThat(across.exit()).as(across.err()).isZero();
        assertThat(server.counts()).containsEntry("GetObject", 25L);
        assertThat(server.bytes("other", "b/d0/file0")).isEqualTo(server.bytes("bucket", "a/d0/file0"));
    }

    @Test
    void cleanupRemovesOldUnfinishedUploadsAndNothingElse() {
        assertThat(sync(source.toString(), "s3:bucket/photos", "--exclude", "/large")
                        .exit())
                .isZero();
        server.withUnfinishedUpload("bucket", "photos/large");

        assertThat(run("cleanup", "s3:bucket/photos").out()).startsWith("keep ").contains(" large ");
        assertThat(run("cleanup", "s3:bucket/other", "--older-than", "0").out()).isEmpty();
        assertThat(run("cleanup", "s3:bucket", "--older-than", "0", "--dry-run").out())
                .startsWith("remove ")
                .contains(" photos/large ");
        assertThat(server.unfinishedUploads("bucket")).isEqualTo(1);

        Program.Ended removed = run("cleanup", "s3:bucket/photos", "--older-than", "0", "--json");
        assertThat(removed.exit()).as(removed.err()).isZero();
        assertThat(removed.out()).contains("\"path\":\"large\"", "\"removed\":1", "\"kept\":0", "\"failed\":0");
        assertThat(server.unfinishedUploads("bucket")).isZero();
        assertThat(server.keys("bucket")).hasSize(25);
        assertThat(run("cleanup", source.toString()).exit()).isEqualTo(2);
    }

    @Test
    void accountListsItsBucketsAndMakesThem() {
        assertThat(run("mkdir", "s3:made-here").exit()).isZero();
        assertThat(run("mkdir", "s3:made-here").exit()).isZero();
        assertThat(run("lsf", "s3:").out().lines()).containsExactly("bucket/", "made-here/");
        assertThat(run("lsjson", "s3:").out()).contains("\"Name\":\"made-here\"", "\"IsDir\":true");
        assertThat(run("ls", "s3:").exit()).isZero();
        Program.Ended refused = run("mkdir", "s3:Not_A_Bucket");
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("Not_A_Bucket", "small letters");
        Program.Ended whole = sync(source.toString(), "s3:");
        assertThat(whole.exit()).isEqualTo(2);
        assertThat(whole.err()).contains("s3:bucket/path");
        assertThat(server.keys("made-here")).isEmpty();
        assertThat(server.keys("bucket")).isEmpty();
    }

    @Test
    void folderOfABucketNeedsNotBeMadeNorRemoved() {
        Program.Ended made = run("mkdir", "s3:bucket/new/folder");
        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(made.err()).contains("first file");
        assertThat(run("mkdir", "s3:made-for-it/new/folder").exit()).isZero();
        assertThat(run("ls", "s3:made-for-it").exit()).isZero();

        Program.Ended tried = run("credential", "verify", "s3:bucket/new/folder");
        assertThat(tried.exit()).as(tried.out()).isZero();
        assertThat(tried.out()).contains("list: works; nothing is there", "All is well.");
        assertThat(run("credential", "verify", "s3:").out()).contains("name one, as in NAME:BUCKET");

        server.put("bucket", "marked/", new byte[0], Map.of());
        assertThat(run("rmdirs", "s3:bucket/marked").exit()).isZero();
    }

    @Test
    void commandsThatLookWorkOnBuckets() {
        sync(source.toString(), "s3:bucket/photos");
        assertThat(run("ls", "s3:bucket").out()).contains("photos/large");
        assertThat(run("size", "s3:bucket/photos").out()).contains("26");
        assertThat(run("check", source.toString(), "s3:bucket/photos").exit()).isZero();
        assertThat(run("ls", "s3:bucket/photos/d0/file0").out()).contains("file0");
        assertThat(run("delete", "s3:bucket/photos/d0").exit()).isZero();
        assertThat(server.keys("bucket")).hasSize(17);
    }

    private void putDated() {
        server.put("bucket", "t/new", new byte[] {1}, Map.of());
        server.put("bucket", "t/old", new byte[] {2}, Map.of("x-amz-meta-mtime", "1706933106.123456789"));
        server.put("bucket", "t/sub/old", new byte[] {3}, Map.of("x-amz-meta-mtime", "1706933106"));
    }

    @Test
    void agesOfABucketAreLookedUpWhereTheyAreAskedFor() {
        putDated();
        assertThat(run("lsf", "-R", "--files-only", "--min-age", "1h", "s3:bucket/t")
                        .out()
                        .lines())
                .containsExactly("old", "sub/old");
        assertThat(run("size", "--json", "--max-age", "1h", "s3:bucket/t").out())
                .contains("\"count\":1,\"bytes\":1");
        assertThat(run("tree", "--max-age", "1h", "s3:bucket/t").out())
                .contains("new")
                .doesNotContain("old");
        assertThat(run("cat", "--max-age", "1h", "s3:bucket/t").out()).isEqualTo("\u0001");
        assertThat(run("filter", "list", "--min-age", "1h", "s3:bucket/t").out().lines())
                .containsExactly("old", "sub/old");

        Path back = folder.resolve("back");
        Program.Ended copy = run("copy", "--json", "--min-age", "1h", "s3:bucket/t", back.toString());
        assertThat(copy.lastLine()).contains("\"files\":2", "\"stat\":");
        assertThat(run("check", "--min-age", "1h", "s3:bucket/t", back.toString())
                        .exit())
                .isZero();

        assertThat(run("delete", "--min-age", "30d", "s3:bucket/t").exit()).isZero();
        assertThat(server.keys("bucket")).containsExactly("t/new");
    }

    @Test
    void fileWhoseAgeTheServerRefusesToTellStaysAndIsAFailure() {
        putDated();
        server.faults().next(2, "HeadObject", new S3Fault.Refuses(403, "AccessDenied", Optional.empty()));
        Program.Ended ended = run("delete", "--checkers", "1", "--min-age", "30d", "s3:bucket/t");
        assertThat(ended.exit()).isEqualTo(1);
        assertThat(ended.err()).contains("old: its modification time could not be looked up");
        assertThat(server.keys("bucket")).containsExactly("t/new", "t/old");
    }

    @Test
    void timesOfABucketAreLookedUpWhereTheyAreShown() {
        putDated();
        assertThat(run("lsl", "s3:bucket/t").out())
                .containsPattern("1 2024-02-0[234] ..:05:06.123456789 old\n")
                .containsPattern("1 20..-..-.. ..:..:..\\.\\d{9} new\n");
        assertThat(run("lsf", "-F", "tp", "s3:bucket/t").out())
                .containsPattern("2024-02-0[234] ..:05:06;old\n")
                .contains(";sub/");
        String json = run("lsjson", "s3:bucket/t").out();
        assertThat(json)
                .containsPattern("\"Path\":\"old\",.*\"ModTime\":\"2024-02-0[234]T..:05:06.123456789")
                .doesNotContain("\"ModTime\":\"\"");
        server.resetCounts();
        run("lsjson", "--no-modtime", "-R", "s3:bucket/t");
        run("lsf", "-F", "tp", "-R", "--dirs-only", "s3:bucket/t");
        run("ls", "s3:bucket/t");
        run("size", "--max-size", "1M", "s3:bucket/t");
        assertThat(server.counts()).doesNotContainKey("HeadObject");
    }

    @Test
    void keyThatIsNoPathMakesAListingFail() {
        putDated();
        server.put("bucket", "t/sub//x", new byte[] {4}, Map.of());
        for (String command : List.of("ls", "lsl", "size", "tree", "cat")) {
            Program.Ended ended = run(command, "s3:bucket/t");
            assertThat(ended.exit()).as(command).isEqualTo(1);
            assertThat(ended.err()).contains("in 'sub' cannot be named");
        }
        assertThat(run("lsf", "-R", "s3:bucket/t").exit()).isEqualTo(1);
        assertThat(run("filter", "list", "s3:bucket/t").exit()).isEqualTo(1);
        assertThat(run("ls", "--exclude", "/sub/**", "s3:bucket/t").exit()).isZero();
        assertThat(run("cat", "s3:bucket/t/old").exit()).isZero();
        assertThat(run("delete", "s3:bucket/t").exit()).isEqualTo(1);
        assertThat(server.keys("bucket")).containsExactly("t/sub//x");
    }

    @Test
    void missingSourceDeletesNothing() {
        sync(source.toString(), "s3:bucket/photos");
        Program.Ended wrong = sync("s3:bucket/phtos", folder.resolve("empty").toString());
        assertThat(wrong.exit()).isNotZero();
        Program.Ended over = sync(folder.resolve("nothing").toString(), "s3:bucket/photos");
        assertThat(over.exit()).isNotZero();
        assertThat(server.keys("bucket")).hasSize(26);
    }

    @Test
    void secretsThatAreTypedAreShownNowhere() throws IOException {
        var plain = new Program(folder.resolve("home"), Map.of());
        String[] typed = {
            "sync",
            source.toString(),
            "s3:bucket/x",
            "--s3-endpoint",
            server.address().toString(),
            "--s3-access-key-id",
            S3Simulator.KEY_ID,
            "--s3-secret-access-key",
            S3Simulator.SECRET,
            "-vv",
            "--log-file",
            folder.resolve("log").toString()
        };
        Program.Ended ended = plain.run(typed);
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.out() + ended.err()).doesNotContain(S3Simulator.SECRET);
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(S3Simulator.SECRET);
            }
        }
    }
}
