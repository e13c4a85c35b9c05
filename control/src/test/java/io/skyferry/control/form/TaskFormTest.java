package io.skyferry.control.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.skyferry.control.json.JsonValue;
import io.skyferry.control.task.Bandwidths;
import io.skyferry.control.task.Carrying;
import io.skyferry.control.task.Cron;
import io.skyferry.control.task.Direction;
import io.skyferry.control.task.Encrypting;
import io.skyferry.control.task.FieldError;
import io.skyferry.control.task.Safety;
import io.skyferry.control.task.Scripts;
import io.skyferry.control.task.TaskFields;
import io.skyferry.control.task.TaskJson;
import io.skyferry.control.task.Timing;
import io.skyferry.engine.options.Mode;
import io.skyferry.testkit.Cases;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class TaskFormTest {
    private static final List<Cron> CRONS = List.of(
            new Cron("0", "*", "*", "*", "*"),
            new Cron("30", "2", "*", "*", "*"),
            new Cron("5", "20", "*", "*", "mon,wed,fri"),
            new Cron("0", "0", "15", "*", "*"),
            new Cron("*/15", "8-18", "*", "oct,jan-jun", "mon-fri"));
    private static final List<String> LIMITS =
            List.of("", "512", "08:00,512 23:00,off", "Mon-08:00,10M:1M Sat-00:30,off");
    private static final List<String> WORDS =
            List.of("", "a", "<b>\"'&", "  two  ", "\u202Eright to left", "*.tmp", "/x/**", "line\nand line", "é😀");

    private static <T> T one(RandomGenerator random, List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static List<String> patterns(RandomGenerator random) {
        List<String> patterns = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String word = one(random, WORDS).replace("\n", "");
            patterns.add(word.isBlank() ? "x" : word);
        }
        return patterns;
    }

    private static TaskFields random(RandomGenerator random) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("bucket", "b");
        attributes.put("folder", one(random, List.of("", "/", "a/b")));
        if (random.nextBoolean()) {
            attributes.put("storage_class", "STANDARD");
        }
        return new TaskFields(
                one(random, WORDS).replace("\n", ""),
                one(random, List.of(Direction.values())),
                one(random, List.of(Mode.values())),
                "/data/" + one(random, WORDS).replace("\n", ""),
                1 + random.nextInt(9),
                attributes,
                new Timing(
                        one(random, CRONS),
                        random.nextBoolean(),
                        random.nextBoolean() ? Optional.empty() : Optional.of(LocalTime.of(6, 5)),
                        Duration.ofSeconds(random.nextInt(3) * 90L),
                        one(random, List.of(Timing.Missed.values()))),
                new Carrying(
                        Bandwidths.read(one(random, LIMITS)),
                        one(random, List.of(OptionalInt.empty(), OptionalInt.of(4), OptionalInt.of(7))),
                        patterns(random),
                        patterns(random),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        one(random, WORDS)),
                new Scripts(
                        one(random, WORDS),
                        one(random, WORDS),
                        one(random, WORDS),
                        one(random, WORDS),
                        Duration.ofSeconds(random.nextInt(2) * 60L),
                        random.nextBoolean()),
                new Encrypting(
                        random.nextBoolean(),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        one(random, List.of("base32", "base64", "base32768")),
                        one(random, List.of(".bin", "", "none"))),
                new Safety(
                        one(random, List.of("", "10", "25%", "off")),
                        one(random, List.of("", "5")),
                        random.nextBoolean(),
                        one(random, List.of("", "/kept")),
                        random.nextInt(3) * 30,
                        random.nextBoolean()));
    }

    @Test
    void aTaskThatGoesThroughItsFormComesBackUnchanged() {
        Cases.of(400, (random, _) -> {
            TaskFields fields = random(random);
            Set<String> secrets = random.nextBoolean() ? Set.of() : Set.of("encryption_password", "encryption_salt");
            FormReader.Read read = TaskForm.of(fields, secrets).read(TaskForm.ScriptFields.SHOWN);
            assertThat(read.errors()).isEmpty();
            assertThat(sorted(read.task())).isEqualTo(sorted(TaskJson.write(fields, secrets)));
        });
    }

    private static Map<String, JsonValue> sorted(JsonValue.Members task) {
        return new TreeMap<>(task.members());
    }

    @Test
    void whoMayNotEditScriptsLeavesThemAlone() {
        TaskForm form = TaskForm.fresh().with("pre_script", "rm -rf /").with("script_timeout", "9");
        JsonValue.Members task = form.read(TaskForm.ScriptFields.LEFT_OUT).task();
        assertThat(task.members().keySet())
                .doesNotContain("pre_script", "post_script", "script_timeout", "script_secrets");
    }

    @Test
    void whatCannotBeReadIsToldByField() {
        TaskForm form = TaskForm.fresh()
                .with("schedule.time", "25:00")
                .with("bwlimit", "tomorrow")
                .with("transfers", "custom")
                .with("transfers.custom", "many")
                .with("jitter", "-1");
        assertThat(form.read(TaskForm.ScriptFields.SHOWN).errors())
                .extracting(FieldError::path)
                .containsExactlyInAnyOrder("schedule", "bwlimit", "transfers", "jitter");
    }

    @Test
    void theLineOfFiveFieldsComesBeforeTheFields() {
        TaskForm form = TaskForm.fresh()
                .with("schedule", "custom")
                .with("schedule.minute", "5")
                .with("schedule.line", " 0  8,20 * * mon-fri ");
        assertThat(form.schedule().cron()).isEqualTo(new Cron("0", "8,20", "*", "*", "mon-fri"));
        assertThat(form.with("schedule.line", "").schedule().cron()).isEqualTo(new Cron("5", "*", "*", "*", "*"));
        assertThat(form.with("schedule.line", "0 8")
                        .read(TaskForm.ScriptFields.SHOWN)
                        .errors())
                .extracting(FieldError::path)
                .containsExactly("schedule");
    }

    @Test
    void aBrowsersLineEndsAreLineEnds() {
        TaskForm form = TaskForm.fresh().with("exclude", "a\r\nb\r\n\r\n c ").with("post_script", "echo 1\r\necho 2");
        JsonValue.Members task = form.read(TaskForm.ScriptFields.SHOWN).task();
        assertThat(task.get("exclude")).contains(JsonValue.of(List.of("a", "b", " c ")));
        assertThat(task.get("post_script")).contains(JsonValue.of("echo 1\necho 2"));
    }
}
