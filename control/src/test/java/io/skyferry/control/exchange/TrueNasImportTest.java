package io.skyferry.control.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.exchange.ImportReport.Fate;
import io.skyferry.control.exchange.ImportReport.Line;
import io.skyferry.control.exchange.ImportWishes.Doing;
import io.skyferry.control.exchange.ImportWishes.Keeping;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.StoreException;
import io.skyferry.control.task.Cron;
import io.skyferry.control.task.Direction;
import io.skyferry.control.task.InvalidException;
import io.skyferry.control.task.Task;
import io.skyferry.engine.options.Mode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrueNasImportTest {
    private static final ImportWishes ALL =
            new ImportWishes(Doing.KEEP, Keeping.WHAT_CAN_BE, Map.of(), Optional.empty());

    /// CORE 11.2: type and attributes apart, `null` regions, a limit that is an object, no includes.
    private static final String CORE = """
            [{"id":4,"description":"old","path":"/mnt/tank/old","direction":"PUSH","transfer_mode":"COPY",
              "credentials":{"id":1,"name":"s3","provider":"S3","attributes":{"access_key_id":"AKIA",
                "secret_access_key":"s3cr3t","endpoint":"","region":null}},
              "attributes":{"bucket":"b","folder":"/x/","fast_list":true,"region":null,"encryption":null},
              "minute":"00","schedule":{"minute":"00","hour":"3","dom":"*","month":"*","dow":"sun"},
              "bwlimit":{},"transfers":null,"exclude":["*.tmp"],"follow_symlinks":false,"snapshot":false,
              "pre_script":"","post_script":"","encryption":false,"filename_encryption":true,
              "encryption_password":"","encryption_salt":"","args":"","enabled":true,"job":null,"locked":false}]
            """;

    /// SCALE 24.10: still apart, everything else as today.
    private static final String SCALE = """
            {"tasks":[{"id":9,"description":"photos","path":"/mnt/tank/photos","direction":"PUSH",
              "transfer_mode":"SYNC","credentials":{"id":3,"name":"Amazon S3","provider":"S3","attributes":{}},
              "attributes":{"bucket":"b","folder":"photos","region":"eu-central-1","encryption":"AES256",
                "storage_class":"STANDARD_IA","fast_list":false},
              "schedule":{"minute":"30","hour":"2","dom":"*","month":"*","dow":"*"},
              "bwlimit":[{"time":"08:00","bandwidth":524288},{"time":"18:00","bandwidth":null}],"transfers":8,
              "include":["/a/**"],"exclude":[],"snapshot":true,"encryption":true,"filename_encryption":false,
              "encryption_password":"pass","encryption_salt":"salt","create_empty_src_dirs":true,
              "follow_symlinks":true,"pre_script":"","post_script":"","args":"--checksum","enabled":false}],
             "credentials":[{"id":3,"name":"Amazon S3","provider":"S3","attributes":{"access_key_id":"AK",
              "secret_access_key":"SK","endpoint":"https://s3.fr-par.scw.cloud","region":"fr-par",
              "skip_region":false,"signatures_v2":true,"max_upload_parts":10000}}]}
            """;

    /// Release 26: the type inside, the dataset told, the path style said.
    private static final String NEW = """
            {"jsonrpc":"2.0","id":"1","result":[{"id":7,"description":"new","path":"/mnt/tank/new",
              "dataset":"tank/new","relative_path":"",
              "credentials":{"id":5,"name":"Minio","provider":{"type":"S3","access_key_id":"AK",
                "secret_access_key":"SK","endpoint":"https://minio.example","region":"","skip_region":true,
                "signatures_v2":false,"max_upload_parts":10000,"provider":"Minio","force_path_style":false,
                "sign_accept_encoding":true}},
              "attributes":{"bucket":"b","folder":"","fast_list":true,"region":"","encryption":null,
                "storage_class":"GLACIER_IR"},
              "schedule":{"minute":"0","hour":"*","dom":"*","month":"*","dow":"*"},"pre_script":"","post_script":"",
              "snapshot":false,"include":[],"exclude":[],"args":"","enabled":true,"bwlimit":[],"transfers":4,
              "direction":"PULL","transfer_mode":"COPY","encryption":false,"filename_encryption":false,
              "encryption_password":"","encryption_salt":"","create_empty_src_dirs":false,
              "follow_symlinks":false,"locked":false,"job":{"id":null,"state":"SUCCESS"},"colour":"red"}]}
            """;

    private static final String OTHERS = """
            [{"id":1,"name":"drive","provider":{"type":"GOOGLE_DRIVE","token":"{}"}},
             {"id":2,"name":"mega","provider":"MEGA","attributes":{"user":"u","pass":"p"}},
             {"id":3,"name":"storj","provider":{"type":"STORJ_IX","access_key_id":"AK","secret_access_key":"SK"}}]
            """;

    private final Desks desks;

    TrueNasImportTest(@TempDir Path home) {
        desks = new Desks(home);
    }

    @AfterEach
    void end() {
        desks.close();
    }

    private ImportReport take(String... texts) {
        return desks.imports().trueNas(TrueNasExport.read(List.of(texts)), ALL, SecretSource.NONE, Desks.ROOT);
    }

    private Task only() {
        assertThat(desks.tasks().list()).hasSize(1);
        return desks.tasks().list().getFirst();
    }

    @Test
    void taskOfTheOldestReleaseIsTheSameHere() {
        ImportReport report = take(CORE);

        assertThat(report.lines()).extracting(Line::fate).containsOnly(Fate.MADE);
        assertThat(report.lines().getFirst().words()).contains("called 's3_' here");
        assertThat(desks.opened("s3_")).containsEntry("access-key-id", "AKIA");
        assertThat(desks.opened("s3_")).containsEntry("secret-access-key", "s3cr3t");
        Task task = only();
        assertThat(task.fields().attributes()).isEqualTo(Map.of("bucket", "b", "folder", "/x/", "fast_list", "on"));
        assertThat(task.fields().timing().cron()).isEqualTo(new Cron("00", "3", "*", "*", "sun"));
        assertThat(task.fields().carrying().exclude()).containsExactly("*.tmp");
        assertThat(task.fields().carrying().bwlimit()).isEmpty();
        assertThat(task.fields().timing().enabled()).isTrue();
        assertThat(report.lines().toString()).doesNotContain("s3cr3t");
    }

    @Test
    void everyFieldOfATaskComesAlong() {
        ImportReport report = take(SCALE);

        assertThat(report.lines()).extracting(Line::fate).containsOnly(Fate.MADE);
        Map<String, String> account = desks.opened("Amazon S3");
        assertThat(account).containsEntry("signature", "v2").containsEntry("region", "fr-par");
        // Scaleway takes a thousand parts only.
        assertThat(account).containsEntry("part-size", Long.toString(160L << 20));
        Task task = only();
        assertThat(task.fields().transferMode()).isEqualTo(Mode.SYNC);
        assertThat(task.fields().attributes())
                .containsEntry("sse", "AES256")
                .containsEntry("storage_class", "STANDARD_IA")
                .containsEntry("region", "eu-central-1");
        assertThat(task.fields().carrying().transfers()).hasValue(8);
        assertThat(task.fields().carrying().bwlimit()).hasSize(2);
        assertThat(task.fields().carrying().followSymlinks()).isTrue();
        assertThat(task.fields().carrying().args()).isEqualTo("--checksum");
        assertThat(task.fields().encrypting().enabled()).isTrue();
        assertThat(desks.secretsOf(task)).isEqualTo(Map.of("encryption_password", "pass", "encryption_salt", "salt"));
        assertThat(task.fields().timing().enabled()).isFalse();
    }

    @Test
    void answerOfTheNewestReleaseIsRead() {
        ImportReport report = take(NEW.replace("\"fast_list\":true", "\"fast_list\":true,\"warp\":9"));

        assertThat(report.lines().getLast().words()).contains("'attributes.warp'");
        assertThat(only().fields().attributes())
                .containsEntry("fast_list", "on")
                .doesNotContainKey("warp");
        assertThat(desks.opened("Minio"))
                .containsEntry("provider", "minio")
                .containsEntry("path-style", "off")
                .doesNotContainKey("region");
        assertThat(only().fields().direction()).isEqualTo(Direction.PULL);
        assertThat(report.lines().getLast().words()).contains("'colour'");
    }

    @Test
    void secondImportChangesWhatTheFirstOneMade() {
        take(CORE, SCALE, NEW);
        ImportReport again = take(CORE.replace("*.tmp", "*.bak"), SCALE, NEW);

        assertThat(again.lines()).extracting(Line::fate).containsOnly(Fate.UPDATED);
        assertThat(desks.tasks().list()).hasSize(3);
        assertThat(desks.credentials().list()).hasSize(3);
        assertThat(desks.tasks().named("old").fields().carrying().exclude()).containsExactly("*.bak");
    }

    @Test
    void accountsOfOtherKindsAreNamedAndLeftOut() {
        ImportReport report = take(OTHERS);

        assertThat(report.lines()).extracting(Line::fate).containsExactly(Fate.LEFT_OUT, Fate.LEFT_OUT, Fate.MADE);
        assertThat(report.lines().getFirst().words()).contains("Google Drive (GOOGLE_DRIVE) is no kind of storage");
        assertThat(desks.opened("storj")).containsEntry("provider", "storj").doesNotContainKey("endpoint");
    }

    @Test
    void dryRunTellsTheSameAndKeepsNothing() {
        var wishes = new ImportWishes(Doing.TELL, Keeping.ALL_OF_KNOWN_KINDS, Map.of(), Optional.empty());
        var export = TrueNasExport.read(List.of(CORE, SCALE));
        ImportReport told = desks.imports().trueNas(export, wishes, SecretSource.NONE, Desks.ROOT);

        assertThat(desks.tasks().list()).isEmpty();
        assertThat(desks.credentials().list()).isEmpty();
        assertThat(take(CORE, SCALE).lines()).isEqualTo(told.lines());
    }

    @Test
    void strictImportKeepsNothingWhereSomethingIsLeftOut() {
        var wishes = new ImportWishes(Doing.KEEP, Keeping.ALL_OR_NOTHING, Map.of(), Optional.empty());
        var report = desks.imports()
                .trueNas(TrueNasExport.read(List.of(OTHERS, NEW)), wishes, SecretSource.NONE, Desks.ROOT);

        assertThat(report.done()).isFalse();
        assertThat(desks.credentials().list()).isEmpty();
    }

    @Test
    void hiddenSecretsOfAnAccountLeaveItsTasksDisabled() {
        String hidden = NEW.replace("\"SK\"", "\"********\"");
        ImportReport report = take(hidden);

        assertThat(report.lines().getFirst().words()).contains("secrets are missing: secret_access_key");
        assertThat(only().fields().timing().enabled()).isFalse();
        assertThat(desks.opened("Minio")).doesNotContainKey("secret-access-key");

        var known = TrueNasExport.read(List.of(hidden));
        desks.imports().trueNas(known, ALL, (owner, field) -> Optional.of(owner + field), Desks.ROOT);
        assertThat(desks.opened("Minio")).containsEntry("secret-access-key", "Miniosecret_access_key");
    }

    @Test
    void encryptedTaskWithoutItsSecretsComesWithNeitherAndCannotBeEnabled() {
        String hidden = SCALE.replace("\"salt\"", "\"********\"").replace("\"enabled\":false", "\"enabled\":true");
        ImportReport report = take(hidden);

        assertThat(report.lines().getLast().fate()).isEqualTo(Fate.MADE);
        assertThat(report.lines().getLast().words()).contains("disabled", "encryption_salt");
        assertThat(only().fields().timing().enabled()).isFalse();
        assertThat(only().fields().encrypting().enabled()).isTrue();
        assertThat(only().secrets()).isEmpty();
        long id = only().id();
        assertThatThrownBy(() -> desks.tasks().update(id, members("{\"enabled\":true}"), Desks.ROOT))
                .isInstanceOf(InvalidException.class)
                .hasMessageContaining("required when encryption is enabled");

        assertThat(take(hidden).lines().getLast().fate()).isEqualTo(Fate.UPDATED);
        assertThat(only().secrets()).isEmpty();
        desks.imports().trueNas(TrueNasExport.read(List.of(hidden)), ALL, (_, field) -> Optional.of(field), Desks.ROOT);
        assertThat(desks.secretsOf(only()))
                .isEqualTo(Map.of("encryption_password", "pass", "encryption_salt", "encryption_salt"));
        assertThat(only().fields().timing().enabled()).isTrue();
        assertThat(take(hidden).lines().getLast().words()).isEmpty();
        assertThat(desks.secretsOf(only())).containsEntry("encryption_salt", "encryption_salt");
    }

    private static JsonValue.Members members(String text) {
        return (JsonValue.Members) JsonValue.parse(text);
    }

    @Test
    void nothingIsKeptWhereSomethingIsWrongAndUnknownKindsAreNoHindrance() {
        var wishes = new ImportWishes(Doing.KEEP, Keeping.ALL_OF_KNOWN_KINDS, Map.of(), Optional.empty());
        String away = NEW.replace("/mnt/tank/new", "/opt/new");
        ImportReport wrong = desks.imports()
                .trueNas(TrueNasExport.read(List.of(CORE, OTHERS, away)), wishes, SecretSource.NONE, Desks.ROOT);

        assertThat(wrong.done()).isFalse();
        assertThat(wrong.lines())
                .filteredOn(line -> line.fate() == Fate.REFUSED)
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.name()).isEqualTo("new");
                    assertThat(line.words()).contains("allowed folders");
                });
        assertThat(desks.credentials().list()).isEmpty();
        assertThat(desks.tasks().list()).isEmpty();

        ImportReport right = desks.imports()
                .trueNas(TrueNasExport.read(List.of(SCALE, OTHERS)), wishes, SecretSource.NONE, Desks.ROOT);
        assertThat(right.done()).isTrue();
        assertThat(right.count(Fate.LEFT_OUT)).isEqualTo(2);
        assertThat(only().fields().description()).isEqualTo("photos");
    }

    @Test
    void failureInTheMiddleLeavesNothing() {
        var wishes = new ImportWishes(Doing.KEEP, Keeping.WHAT_CAN_BE, Map.of(), Optional.empty());
        desks.failOnTask("new");
        assertThatThrownBy(() -> desks.imports()
                        .trueNas(TrueNasExport.read(List.of(CORE, NEW)), wishes, SecretSource.NONE, Desks.ROOT))
                .isInstanceOf(StoreException.class);

        assertThat(desks.credentials().list()).isEmpty();
        assertThat(desks.tasks().list()).isEmpty();
    }

    @Test
    void tasksThatDoTheSameAtOtherTimesStayTwo() {
        String twice = CORE.strip()
                .replaceFirst("]$", "," + CORE.strip().substring(1))
                .replaceFirst("\"id\":4,\"description\":\"old\"", "\"id\":3,\"description\":\"at noon\"");
        assertThat(take(twice).lines()).extracting(Line::fate).containsOnly(Fate.MADE);
        assertThat(take(twice).lines()).extracting(Line::fate).containsOnly(Fate.UPDATED);
        assertThat(desks.tasks().list())
                .extracting(one -> one.fields().description())
                .containsExactly("at noon", "old");
    }

    @Test
    void whatTheExportHasNoMoreIsGoneAfterASecondImport() {
        take(SCALE);
        desks.credentials()
                .edit("Amazon S3", Optional.empty(), SettingChanges.of(Map.of("acl", "private", "path-style", "on")));
        take(SCALE.replace("\"signatures_v2\":true", "\"signatures_v2\":false")
                .replace("\"region\":\"fr-par\"", "\"region\":\"\"")
                .replace("\"SK\"", "\"********\""));

        assertThat(desks.opened("Amazon S3"))
                .doesNotContainKeys("signature", "region")
                .containsEntry("secret-access-key", "SK")
                .containsEntry("acl", "private")
                .containsEntry("path-style", "on");
    }

    @Test
    void scriptsAndUnknownOptionsDisableATask() {
        ImportReport report = take(NEW.replace("\"pre_script\":\"\"", "\"pre_script\":\"zfs snapshot tank@x\"")
                .replace("\"args\":\"\"", "\"args\":\"--max-age-of-things 4\""));

        assertThat(report.lines().getLast().words())
                .contains("disabled")
                .contains("scripts")
                .contains("'args'");
        assertThat(only().fields().timing().enabled()).isFalse();
        assertThat(only().fields().scripts().pre()).isEqualTo("zfs snapshot tank@x");
        assertThat(only().fields().carrying().args()).isEmpty();
    }

    @Test
    void foldersOfTheOtherMachineBecomeThoseOfThisOne() {
        var wishes = new ImportWishes(
                Doing.KEEP,
                Keeping.WHAT_CAN_BE,
                Map.of("/mnt/tank", "/srv/a", "/mnt/tank/new", "/srv/b"),
                Optional.empty());
        desks.imports().trueNas(TrueNasExport.read(List.of(CORE, NEW)), wishes, SecretSource.NONE, Desks.ROOT);

        assertThat(desks.tasks().named("old").fields().path()).isEqualTo("/srv/a/old");
        assertThat(desks.tasks().named("new").fields().path()).isEqualTo("/srv/b");
    }

    @Test
    void whatIsNoExportIsRefused() {
        for (String text : List.of("s3cr3t", "[]", "{\"a\":1}", "[[[[[[[[{}]]]]]]]]")) {
            assertThatThrownBy(() -> TrueNasExport.read(List.of(text)))
                    .isInstanceOf(RefusedException.class)
                    .hasMessageNotContaining("s3cr3t");
        }
    }
}
