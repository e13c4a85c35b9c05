package io.skyferry.control.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.control.audit.AuditLog;
import io.skyferry.control.audit.Caller;
import io.skyferry.control.audit.Role;
import io.skyferry.control.run.RefusedException;
import io.skyferry.control.store.AppDatabase;
import io.skyferry.control.store.SqliteDatabase;
import io.skyferry.testkit.FakeClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsersTest {
    private static final Caller ROOT = Caller.local("root");
    private static final Argon2.Cost CHEAP = new Argon2.Cost(64, 1, 1);

    private final FakeClock clock = new FakeClock(Instant.parse("2026-11-21T16:40:01Z"));
    private final Path file;
    private final AppDatabase database;
    private final Users users;
    private final ApiKeys keys;
    private final Sessions sessions;
    private final SetupLink setup;
    private final Logins logins;

    UsersTest(@TempDir Path folder) {
        file = folder.resolve("app.db");
        database = new SqliteDatabase(file, clock::get);
        users = new Users(database, new Argon2(CHEAP, SecureRandom::new), clock::get);
        keys = new ApiKeys(database, SecureRandom::new, clock::get);
        sessions = new Sessions(database, SecureRandom::new, clock::get, Sessions.Limits.USUAL);
        setup = new SetupLink(database, users, SecureRandom::new, clock::get);
        logins = new Logins(database, users, new LoginThrottle(clock::get), clock::get);
    }

    @AfterEach
    void end() {
        database.close();
    }

    private Logins.Verdict login(String name, String password) {
        return logins.tryPassword(name, password, "10.0.0.1");
    }

    @Test
    void setupLinkSaysThatThereAreUsers() {
        String token = setup.renew().orElseThrow();
        setup.use(token, "anna", "a long password", "test");
        assertThatThrownBy(() -> setup.use(token, "berta", "a long password", "test"))
                .hasMessageContaining("log in");
    }

    @Test
    void passwordOpensForItsUserAlone() {
        User anna = users.add("anna", Role.OPERATOR, "correct horse", ROOT);
        users.add("bob", Role.READER, "another one", ROOT);

        assertThat(login("anna", "correct horse")).isEqualTo(new Logins.Verdict.Welcome(anna));
        assertThat(login("anna", "another one")).isInstanceOf(Logins.Verdict.Wrong.class);
        assertThat(login("carl", "correct horse")).isInstanceOf(Logins.Verdict.Wrong.class);
    }

    @Test
    void userWithoutPasswordIsNotLetInByAnEmptyOne() {
        users.add("script", Role.OPERATOR, "", ROOT);
        assertThat(login("script", "")).isInstanceOf(Logins.Verdict.Wrong.class);
        assertThat(users.get("script").hasPassword()).isFalse();
    }

    @Test
    void whoGuessesWaitsLongerEachTime() {
        users.add("anna", Role.ADMIN, "correct horse", ROOT);
        for (int i = 0; i < 5; i++) {
            assertThat(login("anna", "guess " + i)).isInstanceOf(Logins.Verdict.Wrong.class);
        }
        assertThat(login("anna", "correct horse")).isEqualTo(new Logins.Verdict.TooMany(Duration.ofSeconds(2)));
        clock.advance(Duration.ofSeconds(2));
        assertThat(login("anna", "guess")).isInstanceOf(Logins.Verdict.Wrong.class);
        assertThat(login("anna", "correct horse")).isEqualTo(new Logins.Verdict.TooMany(Duration.ofSeconds(4)));
        clock.advance(Duration.ofSeconds(4));
        assertThat(login("anna", "correct horse")).isInstanceOf(Logins.Verdict.Welcome.class);
        assertThat(login("anna", "guess")).isInstanceOf(Logins.Verdict.Wrong.class);
    }

    @Test
    void addressThatTriesManyNamesWaitsToo() {
        for (int i = 0; i < 20; i++) {
            assertThat(login("user" + i, "guess")).isInstanceOf(Logins.Verdict.Wrong.class);
        }
        assertThat(login("fresh", "guess")).isInstanceOf(Logins.Verdict.TooMany.class);
        assertThat(logins.tryPassword("fresh", "guess", "10.0.0.2")).isInstanceOf(Logins.Verdict.Wrong.class);
    }

    @Test
    void costOfAHashRisesWithTheNextLogin() {
        users.add("anna", Role.ADMIN, "correct horse", ROOT);
        var dearer = new Users(database, new Argon2(new Argon2.Cost(128, 1, 1), SecureRandom::new), clock::get);
        assertThat(dearer.known("anna", "correct horse")).isPresent();
        assertThat(database.read(session ->
                        session.first("select password from account", row -> String.valueOf(row.getString(1)))))
                .hasValueSatisfying(hash -> assertThat(hash.orElseThrow()).contains("m=128,"));
        assertThat(dearer.known("anna", "correct horse")).isPresent();
    }

    @Test
    void lastAdminStays() {
        users.add("anna", Role.ADMIN, "correct horse", ROOT);
        assertThatThrownBy(() -> users.remove("anna", ROOT)).hasMessageContaining("last one");
        assertThatThrownBy(() -> users.setRole("anna", Role.READER, ROOT)).isInstanceOf(RefusedException.class);
        users.add("bob", Role.ADMIN, "another one", ROOT);
        users.remove("anna", ROOT);
        assertThat(users.list()).extracting(User::name).containsExactly("bob");
    }

    @Test
    void namesAndPasswordsThatCannotBeAreRefusedWithoutTellingThePassword() {
        assertThatThrownBy(() -> users.add("an,na", Role.READER, "correct horse", ROOT))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> users.add("", Role.READER, "correct horse", ROOT))
                .isInstanceOf(RefusedException.class);
        assertThatThrownBy(() -> users.add("anna", Role.READER, "hunter2", ROOT))
                .hasMessageContaining("8")
                .hasMessageNotContaining("hunter2");
        users.add("anna", Role.READER, "correct horse", ROOT);
        assertThatThrownBy(() -> users.add("anna", Role.READER, "correct horse", ROOT))
                .hasMessageContaining("already");
    }

    @Test
    void askingWhetherASessionIsOpenIsNoUseOfIt() {
        String token = sessions.begin(users.add("anna", Role.READER, "correct horse", ROOT), "10.0.0.1");
        for (int hours = 0; hours < 11; hours++) {
            clock.advance(Duration.ofHours(1));
            assertThat(sessions.isOpen(token)).isTrue();
        }
        clock.advance(Duration.ofHours(1));
        assertThat(sessions.isOpen(token)).isFalse();
        assertThat(sessions.find(token)).isEmpty();
    }

    @Test
    void keyThatWasRightOnceOpensNothingWhenItsRowIsAnotherOne() {
        users.add("anna", Role.OPERATOR, "", ROOT);
        String first = keys.make("anna", "one", Optional.empty(), ROOT).text();
        String second = keys.make("anna", "two", Optional.empty(), ROOT).text();
        assertThat(keys.userOf(first)).isPresent();
        assertThat(keys.userOf(first)).as("known by then").isPresent();
        String crossed = first.substring(0, first.indexOf('-')) + second.substring(second.indexOf('-'));
        assertThat(keys.userOf(crossed)).isEmpty();
        var _ = database.write(
                session -> session.change("update api_key set salt = ? where name = 'one'", new byte[16]));
        assertThat(keys.userOf(first)).isEmpty();
    }

    @Test
    void keyOpensUntilItIsRemovedOrExpires() {
        User anna = users.add("anna", Role.OPERATOR, "", ROOT);
        ApiKeys.Made made = keys.make("anna", "backup", Optional.of(clock.get().plusSeconds(60)), ROOT);

        assertThat(made.text()).startsWith(made.key().id() + "-");
        assertThat(made).asString().doesNotContain(made.text());
        assertThat(keys.userOf(made.text())).contains(anna);
        assertThat(keys.userOf(made.text() + "x")).isEmpty();
        assertThat(keys.userOf("999-" + made.text())).isEmpty();
        assertThat(keys.userOf("x" + made.text())).isEmpty();
        assertThat(keys.list(Optional.of("anna")))
                .singleElement()
                .satisfies(key -> assertThat(key.used()).contains(clock.get()));

        clock.advance(Duration.ofSeconds(60));
        assertThat(keys.userOf(made.text())).isEmpty();

        ApiKeys.Made forever = keys.make("anna", "forever", Optional.empty(), anna.from("test"));
        assertThat(keys.userOf(forever.text())).contains(anna);
        keys.remove(forever.key().id(), anna.from("test"));
        assertThat(keys.userOf(forever.text())).isEmpty();
    }

    @Test
    void keysOfOthersAreAnAdminsAffair() {
        users.add("anna", Role.OPERATOR, "", ROOT);
        User bob = users.add("bob", Role.OPERATOR, "", ROOT);
        long id = keys.make("anna", "hers", Optional.empty(), ROOT).key().id();
        assertThatThrownBy(() -> keys.make("anna", "his", Optional.empty(), bob.from("test")))
                .hasMessageContaining("admin");
        assertThatThrownBy(() -> keys.remove(id, bob.from("test"))).isInstanceOf(RefusedException.class);
    }

    @Test
    void clientProvesAKeyByScramAndTheServerProvesItself() {
        // RFC 7677's exchange with SHA-512 in place of SHA-256, computed with Python's hashlib and hmac.
        ScramKey key = ScramKey.of("pencil", HexFormat.of().parseHex("5b6d99689d12355bdb4ba0d4c61a5a2b"), 4096);
        String message = "n=user,r=rOprNGfwEbeRWgbNEkqO,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
                + "s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
        byte[] proof = HexFormat.of().parseHex(ScramVectors.PROOF);
        assertThat(key.matchesProof(message, proof)).isTrue();
        assertThat(key.serverSignature(message)).isEqualTo(HexFormat.of().parseHex(ScramVectors.SIGNATURE));
        proof[7] ^= 1;
        assertThat(key.matchesProof(message, proof)).isFalse();
        assertThat(key.matchesProof(message, new byte[3])).isFalse();
    }

    @Test
    void sessionEndsWhenIdleAndInAnyCaseAfterItsWholeTime() {
        User anna = users.add("anna", Role.ADMIN, "correct horse", ROOT);
        String token = sessions.begin(anna, "10.0.0.1");
        for (int i = 0; i < 15; i++) {
            clock.advance(Duration.ofHours(11));
            assertThat(sessions.find(token)).as("after %s", i).isPresent();
        }
        clock.advance(Duration.ofHours(4));
        assertThat(sessions.find(token)).isEmpty();

        String idle = sessions.begin(anna, "10.0.0.1");
        clock.advance(Duration.ofHours(12));
        assertThat(sessions.find(idle)).isEmpty();
        assertThat(sessions.find("made up")).isEmpty();
    }

    @Test
    void sessionEndsWithLogoutNewPasswordAndItsUser() {
        User anna = users.add("anna", Role.ADMIN, "correct horse", ROOT);
        users.add("bob", Role.ADMIN, "another one", ROOT);
        String left = sessions.begin(anna, "10.0.0.1");
        sessions.end(left);
        assertThat(sessions.find(left)).isEmpty();
        String other = sessions.begin(anna, "10.0.0.1");
        users.setPassword("anna", "battery staple", ROOT);
        assertThat(sessions.find(other)).isEmpty();
        String last = sessions.begin(anna, "10.0.0.1");
        users.remove("anna", ROOT);
        assertThat(sessions.find(last)).isEmpty();
    }

    @Test
    void newRoleHoldsInSessionsThatAreOpen() {
        User anna = users.add("anna", Role.OPERATOR, "correct horse", ROOT);
        String token = sessions.begin(anna, "10.0.0.1");
        users.setRole("anna", Role.READER, ROOT);
        assertThat(sessions.find(token).orElseThrow().user().role()).isEqualTo(Role.READER);
    }

    @Test
    void setupLinkWorksOnceAndOnlyTheLastOne() {
        String old = setup.renew().orElseThrow();
        String link = setup.renew().orElseThrow();
        assertThatThrownBy(() -> setup.use(old, "anna", "correct horse", "here"))
                .hasMessageContaining("void");
        assertThat(setup.use(link, "anna", "correct horse", "here").role()).isEqualTo(Role.ADMIN);
        assertThatThrownBy(() -> setup.use(link, "bob", "correct horse", "here"))
                .hasMessageContaining("void");
        assertThat(setup.renew()).isEmpty();
    }

    @Test
    void noPasswordIsHashedForALinkThatIsVoid() {
        var salts = new AtomicInteger();
        var counted = new Argon2(CHEAP, () -> {
            salts.incrementAndGet();
            return new SecureRandom();
        });
        var link = new SetupLink(database, new Users(database, counted, clock::get), SecureRandom::new, clock::get);
        String token = link.renew().orElseThrow();
        assertThatThrownBy(() -> link.use("a guess", "anna", "correct horse", "here"))
                .hasMessageContaining("void");
        assertThat(salts).hasValue(0);
        link.use(token, "anna", "correct horse", "here");
        assertThat(salts).hasValue(1);
    }

    @Test
    void everyChangeIsInTheAuditLogAndNoSecretIsInTheDatabase() throws Exception {
        String link = setup.renew().orElseThrow();
        User anna = setup.use(link, "anna", "correct horse", "here");
        String key =
                keys.make("anna", "backup", Optional.empty(), anna.from("here")).text();
        String token = sessions.begin(anna, "here");
        login("anna", "wrong password");
        login("my secret typed into the name!", "x");

        var log = new AuditLog(database);
        assertThat(log.newest(Long.MAX_VALUE, 10))
                .extracting(AuditLog.Entry::action)
                .containsExactly("login.refused", "login.refused", "api-key.create", "user.create");
        assertThat(log.newest(Long.MAX_VALUE, 1))
                .singleElement()
                .satisfies(entry -> assertThat(entry.who()).isEqualTo("?"));
        assertThat(log.firstChanged()).isEmpty();

        database.close();
        String kept = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(kept)
                .doesNotContain("correct horse", link, token, key.substring(key.indexOf('-') + 1), "my secret typed");
    }
}
