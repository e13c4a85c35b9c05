package io.skyferry.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.alert.Alert;
import io.skyferry.control.alert.AlertRule;
import io.skyferry.control.credential.SettingChanges;
import io.skyferry.control.json.JsonValue;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.runs.FileEvents;
import io.skyferry.control.runs.PlanChange;
import io.skyferry.control.runs.PlanPages;
import io.skyferry.control.runs.Run;
import io.skyferry.control.runs.RunCause;
import io.skyferry.control.runs.RunKind;
import io.skyferry.control.runs.RunQuery;
import io.skyferry.control.runs.RunState;
import io.skyferry.control.runs.RunStatistics;
import io.skyferry.control.runs.Trouble;
import io.skyferry.control.setting.Settings;
import io.skyferry.control.task.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a service does with tasks, on whichever database.
@Tag("slow")
abstract class ServiceChapter {
    final TaskWorld world;

    ServiceChapter(TaskWorld world) {
        this.world = world;
    }

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void runTransfersAndIsKeptInTheHistory() throws IOException {
        world.write("a.txt", "one");
        world.write("b/<script>\u202E.txt", "two");
        Run run = world.run(world.task());
        assertThat(run.state()).as(run.message()).isEqualTo(RunState.SUCCESS);
        assertThat(run.totals().files()).isEqualTo(2);
        assertThat(run.progress().percent()).isEqualTo(100);
        assertThat(world.read("a.txt")).isEqualTo("one");
        assertThat(run.excerpt()).contains("added: 'a.txt'").doesNotContain("\u202E");
        assertThat(world.services.runs().events(run.id(), new FileEvents.Query(Set.of("added"), "SCRIPT", 0, 10)))
                .singleElement()
                .satisfies(event -> assertThat(event.path()).isEqualTo("b/<script>\u202E.txt"));
        assertThat(world.services.tasks().list().getFirst().lastSuccess()).isPresent();
        LocalDate day = LocalDate.ofInstant(run.queued(), ZoneOffset.UTC);
        assertThat(world.services
                        .runs()
                        .statistics()
                        .totals(day, day, ZoneOffset.UTC, Optional.empty(), RunStatistics.Grouping.TASK_AND_DAY))
                .singleElement()
                .satisfies(total -> assertThat(total.files()).isEqualTo(2));
        assertThat(world.finished).extracting(Run::id).containsExactly(run.id());
    }

    @Test
    void dryRunDoesNothingAndItsPlanCanBeDoneOnce() throws IOException {
        world.write("a.txt", "one");
        Task task = world.task("pre_script", "\"exit 3\"");
        Run dry = world.run(task, RunKind.DRY_RUN);
        assertThat(dry.state()).as(dry.message()).isEqualTo(RunState.SUCCESS);
        assertThat(dry.totals().files()).isEqualTo(1);
        assertThat(world.account.resolve("photos")).doesNotExist();
        assertThat(world.services.runs().planPage(dry.id(), new PlanPages.Query(Set.of(), "", 0, 10)))
                .hasValueSatisfying(page -> assertThat(page.lines()).hasSize(1));
        assertThat(world.services.runs().planPage(dry.id(), new PlanPages.Query(Set.of(PlanChange.ADD), "A.T", 0, 10)))
                .hasValueSatisfying(page -> {
                    assertThat(page.lines()).containsExactly(new PlanPages.Line("added", "a.txt", Optional.empty(), 3));
                    assertThat(page.totals().bytes()).isEqualTo(3);
                });
        assertThat(world.services.runs().planPage(dry.id(), new PlanPages.Query(Set.of(), "", 1, 10)))
                .hasValueSatisfying(page -> assertThat(page.lines()).isEmpty());
        Run approved = world.ended(
                world.services.runs().approve(dry.id(), TaskWorld.CALLER).id());
        assertThat(approved.state()).as(approved.message()).isEqualTo(RunState.SUCCESS);
        assertThat(world.read("a.txt")).isEqualTo("one");
        assertThatThrownBy(() -> world.services.runs().approve(dry.id(), TaskWorld.CALLER))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("already");
    }

    @Test
    void preScriptThatFailsStopsTheRunAndTheOthersHearOfIt() throws IOException {
        world.write("a.txt", "one");
        Run run = world.run(world.task(
                "pre_script", "\"echo to rest; exit 7\"",
                "post_script", "\"echo never\"",
                "on_failure_script", "\"echo mend\"",
                "always_script", "\"#!/bin/sh\\necho $CLOUD_SYNC_TRANSFER_MODE of $CLOUD_SYNC_PATH\""));
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.message()).isEqualTo("Pre-script failed with exit code 7");
        assertThat(world.log(run))
                .contains("[Pre-script] to rest", "[On-failure] mend", "[Always] COPY of " + world.folder)
                .doesNotContain("never");
        assertThat(world.account.resolve("photos")).doesNotExist();
    }

    @Test
    void scriptThatTakesTooLongIsEnded() {
        Run run = world.run(world.task("pre_script", "\"sleep 600\"", "script_timeout", "1"));
        assertThat(run.message()).isEqualTo("Pre-script took too long");
    }

    @Test
    void abortEndsAScriptWithAllThatItStarted() throws IOException {
        Path mark = world.account.resolve("pid");
        Task task = world.task("pre_script", "\"sleep 600 & echo $! > %s; wait\"".formatted(mark));
        Run asked = world.services.runs().trigger(task.id(), RunKind.REAL, TaskWorld.CALLER);
        world.start();
        TaskWorld.await(
                "the script goes on", () -> Files.exists(mark) && mark.toFile().length() > 1);
        long child = Long.parseLong(Files.readString(mark).strip());
        assertThat(world.services.runs().abortTask(task.id(), TaskWorld.CALLER)).isTrue();
        assertThat(world.ended(asked.id()).state()).isEqualTo(RunState.ABORTED);
        TaskWorld.await(
                "the child is gone",
                () -> ProcessHandle.of(child).map(one -> !one.isAlive()).orElse(true));
    }

    @Test
    void abortInTheMiddleOfAFileTakesLessThanTwoSeconds() throws IOException {
        world.write("large.bin", "x".repeat(4_000_000));
        Task task = world.task("bwlimit", "[{\"time\": \"00:00\", \"bandwidth\": 50000}]");
        Run asked = world.services.runs().trigger(task.id(), RunKind.REAL, TaskWorld.CALLER);
        world.start();
        TaskWorld.await(
                "bytes go over",
                () -> world.services.runs().get(asked.id()).progress().bytesDone() > 0);
        long begun = System.nanoTime();
        world.services.runs().abort(asked.id(), TaskWorld.CALLER);
        Run ended = world.ended(asked.id());
        assertThat(System.nanoTime() - begun).isLessThan(4_000_000_000L);
        assertThat(ended.state()).isEqualTo(RunState.ABORTED);
        assertThat(world.account.resolve("photos/large.bin")).doesNotExist();
    }

    @Test
    void laterTriggersFallTogetherWithTheOneThatWaits() {
        Task task = world.task("pre_script", "\"sleep 600\"");
        Run first = world.services.runs().trigger(task.id(), RunKind.REAL, TaskWorld.CALLER);
        world.start();
        world.in(RunState.RUNNING, first.id());
        Run second = world.services.runs().trigger(task.id(), RunKind.REAL, TaskWorld.CALLER);
        Run third = world.services.runs().trigger(task.id(), RunKind.REAL, TaskWorld.CALLER);
        assertThat(third.id()).isEqualTo(second.id()).isNotEqualTo(first.id());
        TaskWorld.await(
                "it waits",
                () -> world.services.runs().get(second.id()).message().contains("that goes on"));
        world.services.runs().abortTask(task.id(), TaskWorld.CALLER);
        assertThat(world.ended(first.id()).state()).isEqualTo(RunState.ABORTED);
        assertThat(world.ended(second.id()).state()).isEqualTo(RunState.ABORTED);
    }

    @Test
    void runsThatWriteToOnePlaceTakeTurnsWhateverTheirCredentials() {
        world.services.credentials().add("above", "local", SettingChanges.of(Map.of("path", world.root.toString())));
        Task one = world.task("pre_script", "\"sleep 600\"");
        Task other = world.services
                .tasks()
                .create(
                        world.fields("attributes", "{\"folder\": \"account/photos/deeper\"}")
                                .with(
                                        "credentials",
                                        JsonValue.of(world.services
                                                .credentials()
                                                .get("above")
                                                .id())),
                        TaskWorld.CALLER);
        Run first = world.services.runs().trigger(one.id(), RunKind.REAL, TaskWorld.CALLER);
        world.start();
        world.in(RunState.RUNNING, first.id());
        Run second = world.services.runs().trigger(other.id(), RunKind.REAL, TaskWorld.CALLER);
        TaskWorld.await(
                "it waits",
                () -> world.services.runs().get(second.id()).message().contains("same place"));
        Run looking = world.services.runs().trigger(world.task().id(), RunKind.DRY_RUN, TaskWorld.CALLER);
        TaskWorld.await(
                "a look waits too",
                () -> world.services.runs().get(looking.id()).message().contains("same place"));
        world.services.runs().abortTask(one.id(), TaskWorld.CALLER);
        assertThat(world.ended(second.id()).state()).isEqualTo(RunState.SUCCESS);
        assertThat(world.ended(looking.id()).state()).isEqualTo(RunState.SUCCESS);
    }

    @Test
    void guardStopsARunWhosePlanIsKeptAndApprovedOnce() throws IOException {
        for (int i = 0; i < 5; i++) {
            world.write("file" + i, "content " + i);
        }
        Task task = world.task("transfer_mode", "\"SYNC\"", "max_delete", "\"1\"", "backup_folder", "\"kept\"");
        assertThat(world.run(task).state()).isEqualTo(RunState.SUCCESS);
        for (int i = 0; i < 4; i++) {
            Files.delete(world.folder.resolve("file" + i));
        }
        Run refused = world.run(task);
        assertThat(refused.state()).isEqualTo(RunState.REFUSED);
        assertThat(world.read("file0")).isEqualTo("content 0");
        Run approved = world.ended(
                world.services.runs().approve(refused.id(), TaskWorld.CALLER).id());
        assertThat(approved.state()).as(approved.message()).isEqualTo(RunState.SUCCESS);
        assertThat(approved.cause()).isEqualTo(RunCause.APPROVAL);
        assertThat(world.account.resolve("photos/file0")).doesNotExist();
        Run undone = world.ended(
                world.services.runs().undo(approved.id(), TaskWorld.CALLER).id());
        assertThat(undone.state()).as(undone.message()).isEqualTo(RunState.SUCCESS);
        assertThat(world.read("file0")).isEqualTo("content 0");
    }

    @Test
    void backupsThatAreTooOldAreRemovedAndThoseOfOthersStay() throws IOException {
        world.write("a.txt", "one");
        Task task = world.task("transfer_mode", "\"SYNC\"", "backup_folder", "\"kept\"", "backup_keep_days", "3");
        assertThat(world.run(task).state()).isEqualTo(RunState.SUCCESS);
        world.write("a.txt", "another");
        Run replacing = world.run(task);
        Path old = world.account.resolve("kept/run-" + replacing.id());
        assertThat(Files.readString(old.resolve("a.txt"))).isEqualTo("one");
        Path foreign = Files.createDirectories(world.account.resolve("kept/run-999"));
        assertThat(world.run(task).state()).isEqualTo(RunState.SUCCESS);
        assertThat(old).exists();
        world.services
                .database()
                .write(session -> session.change("update run set finished = 1 where id = ?", replacing.id()));
        Run tidying = world.run(task);
        assertThat(tidying.state()).as(tidying.message()).isEqualTo(RunState.SUCCESS);
        assertThat(old).doesNotExist();
        assertThat(foreign).exists();
        assertThat(world.log(tidying)).contains("Removed 1 backup older than 3 days");
    }

    @Test
    void refusedCredentialAndItsAlertGoWithTheNextSuccess() throws IOException {
        world.write("a.txt", "one");
        Task task = world.task();
        var watch = world.services.alertWatch();
        Run run = world.run(task);
        watch.finished(run, Trouble.REFUSED);
        assertThat(world.services.alerts().list()).extracting(Alert::rule).contains(AlertRule.CREDENTIAL_REFUSED);
        watch.finished(run, Trouble.NONE);
        assertThat(world.services.alerts().list()).isEmpty();
    }

    @Test
    void encryptedTaskBringsBackWhatItTookAway() throws IOException {
        world.write("letter.txt", "dear");
        Task task = world.task("encryption", "true", "filename_encryption", "true", "encryption_password", "\"hush\"");
        assertThat(task.secrets()).containsExactly("encryption_password");
        assertThat(world.run(task).state()).isEqualTo(RunState.SUCCESS);
        assertThat(world.account.resolve("photos/letter.txt")).doesNotExist();
        Path back = world.account.resolveSibling("back");
        Task restore = world.services
                .tasks()
                .restore(
                        task.id(),
                        (JsonValue.Members) JsonValue.parse(
                                "{\"description\": \"Back\", \"transfer_mode\": \"COPY\", \"path\": \"%s\"}"
                                        .formatted(back)),
                        TaskWorld.CALLER);
        assertThat(restore.fields().timing().enabled()).isFalse();
        Run run = world.run(restore);
        assertThat(run.state()).as(run.message()).isEqualTo(RunState.SUCCESS);
        assertThat(Files.readString(back.resolve("letter.txt"))).isEqualTo("dear");
    }

    @Test
    void secretsOfATaskAreTakenOutOfItsLog() {
        Run run = world.run(world.task(
                "encryption", "true",
                "encryption_password", "\"correct horse\"",
                "pre_script", "\"echo $CLOUD_SYNC_ENCRYPTION_PASSWORD; echo done\""));
        assertThat(world.log(run)).contains("[Pre-script] ***", "done").doesNotContain("correct horse");
    }

    @Test
    void includeRulesTakeThoseFilesAndExcludesComeFirst() throws IOException {
        for (String name : List.of("keep/a.txt", "keep/a.tmp", "other/b.txt", ".zfs/snapshot/x/c.txt")) {
            world.write(name, name);
        }
        assertThat(world.run(world.task("include", "[\"/keep/**\"]", "exclude", "[\"*.tmp\"]"))
                        .totals()
                        .files())
                .isEqualTo(1);
        assertThat(world.read("keep/a.txt")).isEqualTo("keep/a.txt");
    }

    @Test
    void unsavedTaskRunsAndLeavesNoTask() throws IOException {
        world.write("a.txt", "one");
        Run run = world.ended(world.services
                .runs()
                .triggerUnsaved(
                        world.fields("encryption", "true", "encryption_password", "\"hush\""),
                        RunKind.REAL,
                        TaskWorld.CALLER)
                .id());
        assertThat(run.state()).as(run.message()).isEqualTo(RunState.SUCCESS);
        assertThat(run.task()).isEmpty();
        assertThat(world.services.tasks().list()).isEmpty();
    }

    @Test
    void folderThatIsAllowedNoLongerIsRefusedAtTheRun() throws IOException {
        world.write("a.txt", "one");
        Task task = world.task();
        world.services.settings().set(Settings.Name.ALLOWED_FOLDERS, "/mnt/elsewhere", TaskWorld.CALLER);
        Run run = world.run(task);
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(run.message()).contains("allowed folders");
    }

    @Test
    void dueTaskRunsByItselfOnceHoweverManyServicesThereAre() throws Exception {
        world.write("a.txt", "one");
        Task task = world.task(
                "enabled", "true", "schedule", "{\"minute\": \"*\", \"hour\": \"*\"}", "missed_runs", "\"RUN_ONCE\"");
        world.services
                .database()
                .write(session -> session.change("update task set next_due = 1 where id = ?", task.id()));
        world.start();
        try (var second = world.services.service((_, _) -> {})) {
            second.start("");
            TaskWorld.await("it ran", () -> world.services.runs().count(RunQuery.ofTask(task.id(), 10)) > 0);
            Run run = world.services.runs().list(RunQuery.ofTask(task.id(), 10)).getLast();
            assertThat(world.ended(run.id()).cause()).isEqualTo(RunCause.MISSED);
            assertThat(world.services.tasks().get(task.id()).nextRun()).isPresent();
        }
        assertThat(world.services.runs().list(RunQuery.ofTask(task.id(), 10)).stream()
                        .filter(run -> run.cause() == RunCause.MISSED))
                .hasSize(1);
    }

    @Test
    void orderlyEndOfTheServiceInterruptsARunThatGoesOnAtTheNextStart() throws IOException {
        Task task = world.task("pre_script", "\"test -e %s/go || sleep 600\"".formatted(world.account));
        Run asked = world.services.runs().trigger(task.id(), RunKind.REAL, TaskWorld.CALLER);
        world.start();
        world.in(RunState.RUNNING, asked.id());
        world.stop();
        assertThat(world.services.runs().get(asked.id()).state()).isEqualTo(RunState.INTERRUPTED);
        assertThat(world.finished).isEmpty();
        Files.createFile(world.account.resolve("go"));
        world.start();
        TaskWorld.await("it goes on", () -> world.services.runs().count(RunQuery.ofTask(task.id(), 10)) > 1);
        Run again = world.services.runs().list(RunQuery.ofTask(task.id(), 10)).getFirst();
        assertThat(again.cause()).isEqualTo(RunCause.RESUME);
        assertThat(world.ended(again.id()).state()).isEqualTo(RunState.SUCCESS);
    }
}
