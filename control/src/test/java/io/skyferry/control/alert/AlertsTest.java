package io.skyferry.control.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.SqliteDatabase;
import io.skyferry.control.task.NotFoundException;
import io.skyferry.control.vault.KeyFile;
import io.skyferry.control.vault.Vault;
import io.skyferry.testkit.FakeClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {
    private static final Caller ROOT = Caller.local("root");

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-21T16:40:01Z"));
    private final Path folder;
    private final AppDatabase database;
    private final Alerts alerts;
    private final Channels channels;
    private final List<String> sent = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();

    AlertsTest(@TempDir Path folder) {
        this.folder = folder;
        database = new SqliteDatabase(folder.resolve("app.db"), clock::get);
        alerts = new Alerts(database, clock::get);
        channels = new Channels(
                database, new Vault(new KeyFile(folder.resolve("secret.key")), SecureRandom::new), clock::get);
    }

    @AfterEach
    void end() {
        database.close();
    }

    private AlertDelivery delivery() {
        return new AlertDelivery(database, channels, Map.of(Channel.Kind.WEBHOOK, this::send), clock::get);
    }

    private void send(Channel channel, String secret, Notice notice) throws IOException {
        if (!troubles.isEmpty()) {
            throw new IOException(troubles.removeFirst());
        }
        sent.add("%s %s %s".formatted(channel.name(), secret, notice.subject()));
    }

    private void addHook(String name) {
        channels.add(
                new Channels.Wish(name, Channel.Kind.WEBHOOK, Map.of("url", "http://127.0.0.1:9/"), "key of " + name),
                ROOT);
    }

    @Test
    void troubleIsToldOnceAndItsEndOnce() {
        addHook("ops");
        for (int i = 0; i < 3; i++) {
            alerts.raise(AlertRule.TASK_FAILED, "task 7", "the task 'photos' failed");
            delivery().deliverDue();
        }
        assertThat(alerts.list())
                .singleElement()
                .satisfies(alert -> assertThat(alert.times()).isEqualTo(3));
        alerts.clear(AlertRule.TASK_FAILED, "task 7");
        alerts.clear(AlertRule.TASK_FAILED, "task 7");
        delivery().deliverDue();

        assertThat(sent)
                .containsExactly(
                        "ops key of ops Skyferry: the task 'photos' failed",
                        "ops key of ops Skyferry: resolved: the task 'photos' failed");
        assertThat(alerts.list()).isEmpty();
    }

    @Test
    void alertsOfOtherThingsStay() {
        alerts.raise(AlertRule.TASK_FAILED, "task 7", "seven");
        alerts.raise(AlertRule.TASK_FAILED, "task 8", "eight");
        alerts.raise(AlertRule.TASK_STALE, "task 7", "seven is stale");
        alerts.clear(AlertRule.TASK_FAILED, "task 7");
        assertThat(alerts.list()).extracting(Alert::words).containsExactlyInAnyOrder("eight", "seven is stale");
        alerts.forget("task 7");
        assertThat(alerts.list()).extracting(Alert::words).containsExactly("eight");
    }

    @Test
    void whatFailsIsTriedAgainLaterAndGivenUpInTheEnd() {
        addHook("ops");
        alerts.raise(AlertRule.DISK_FULL, "home", "no space");
        troubles.add("HTTP 503");
        AlertDelivery delivery = delivery();
        assertThat(delivery.deliverDue()).isZero();
        assertThat(delivery.deliverDue()).isZero();
        assertThat(delivery.pending())
                .singleElement()
                .satisfies(one -> assertThat(one.problem()).isEqualTo("HTTP 503"));
        assertThat(channels.list())
                .singleElement()
                .satisfies(one -> assertThat(one.problem()).contains("HTTP 503"));
        clock.advance(Duration.ofSeconds(30));
        assertThat(delivery.deliverDue()).isOne();
        assertThat(delivery.pending()).isEmpty();
        assertThat(channels.list())
                .singleElement()
                .satisfies(one -> assertThat(one.problem()).isEmpty());

        alerts.raise(AlertRule.DISK_FULL, "spill", "no space");
        for (int i = 0; i < 20; i++) {
            troubles.add("HTTP 503");
        }
        for (int day = 0; day < 7; day++) {
            delivery.deliverDue();
            clock.advance(Duration.ofHours(13));
        }
        assertThat(delivery.pending()).isEmpty();
        assertThat(troubles).hasSize(13);
    }

    @Test
    void channelThatCannotBeUsedHoldsNoOtherBack() {
        addHook("bad");
        addHook("ops");
        alerts.raise(AlertRule.DISK_FULL, "home", "no space");
        AlertSender sender = (channel, secret, notice) -> {
            if (channel.name().equals("bad")) {
                throw new IllegalArgumentException("no address");
            }
            send(channel, secret, notice);
        };
        new AlertDelivery(database, channels, Map.of(Channel.Kind.WEBHOOK, sender), clock::get).deliverDue();
        assertThat(sent).singleElement().asString().startsWith("ops");
        assertThat(channels.list())
                .filteredOn(one -> one.problem().isPresent())
                .singleElement()
                .satisfies(one -> assertThat(one.problem()).contains("no address"));
    }

    @Test
    void whatAnotherProcessIsDeliveringIsLeftToIt() {
        addHook("ops");
        alerts.raise(AlertRule.DISK_FULL, "home", "no space");
        AlertDelivery other = delivery();
        var first = new AlertDelivery(
                database,
                channels,
                Map.of(
                        Channel.Kind.WEBHOOK,
                        (_, _, _) -> assertThat(other.deliverDue()).isZero()),
                clock::get);
        assertThat(first.deliverDue()).isOne();
        assertThat(sent).isEmpty();
    }

    @Test
    void dismissedAlertStaysUntilItsTroubleIsOver() {
        alerts.raise(AlertRule.TASK_FAILED, "task 7", "seven");
        long id = alerts.list().getFirst().id();
        assertThatThrownBy(() -> alerts.dismiss(id, new Caller("eve", Role.READER, "test")))
                .isInstanceOf(RefusedException.class);
        alerts.dismiss(id, new Caller("olga", Role.OPERATOR, "test"));
        assertThat(alerts.list())
                .singleElement()
                .satisfies(alert -> assertThat(alert.dismissed()).contains(clock.get()));
        assertThatThrownBy(() -> alerts.dismiss(99, ROOT)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void channelsAreCheckedAndTheirSecretsSealed() throws IOException {
        addHook("ops");
        assertThatThrownBy(() -> addHook("ops")).hasMessageContaining("already");
        assertThatThrownBy(() ->
                        channels.add(new Channels.Wish("x", Channel.Kind.WEBHOOK, Map.of("url", "ftp://x"), ""), ROOT))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> channels.add(
                        new Channels.Wish("x", Channel.Kind.MAIL, Map.of("host", "h", "from", "a"), ""), ROOT))
                .hasMessageContaining("'to'");
        assertThatThrownBy(() -> channels.add(
                        new Channels.Wish("x", Channel.Kind.COMMAND, Map.of("command", "rm"), ""),
                        new Caller("olga", Role.OPERATOR, "test")))
                .hasMessageContaining("admin");
        database.close();
        assertThat(new String(Files.readAllBytes(folder.resolve("app.db")), StandardCharsets.ISO_8859_1))
                .doesNotContain("key of ops");
    }

    @Test
    void removedChannelTakesItsDeliveriesAlong() {
        addHook("ops");
        alerts.raise(AlertRule.TASK_FAILED, "task 7", "seven");
        channels.remove("ops", ROOT);
        assertThat(delivery().pending()).isEmpty();
        assertThat(alerts.test(ROOT)).isZero();
    }

    @Test
    void commandGetsTheNoticeAndItsFailureIsTold() throws IOException {
        Path told = folder.resolve("told");
        var notice = new Notice(AlertRule.TASK_FAILED, "task 7", "it's $(broken)", Notice.State.RAISED, clock.get());
        var sender = new CommandSender(Duration.ofSeconds(20));
        sender.send(command("cat > '%s'; echo \"$SKYFERRY_ALERT_TEXT\" >> '%s'".formatted(told, told)), "", notice);
        assertThat(Files.readAllLines(told)).containsExactly(notice.json().toString(), "it's $(broken)");
        assertThatThrownBy(() -> sender.send(command("echo oh no; exit 3"), "", notice))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("3: oh no");
        assertThatThrownBy(() -> new CommandSender(Duration.ofMillis(50)).send(command("sleep 60"), "", notice))
                .hasMessageContaining("seconds");
    }

    private Channel command(String text) {
        return new Channel(
                1, "command", Channel.Kind.COMMAND, Map.of("command", text), false, clock.get(), Optional.empty());
    }
}
