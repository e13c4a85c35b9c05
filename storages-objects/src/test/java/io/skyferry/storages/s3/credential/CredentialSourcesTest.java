package io.skyferry.storages.s3.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.skyferry.http.ChannelTransport;
import io.skyferry.http.HttpTransport;
import io.skyferry.http.TransportSettings;
import io.skyferry.simulators.web.WebReply;
import io.skyferry.simulators.web.WebRequest;
import io.skyferry.simulators.web.WebServer;
import io.skyferry.storages.s3.credential.Credentials.MissingException;
import io.skyferry.storages.s3.sign.Access;
import io.skyferry.testkit.FakeClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each source of keys against a small server of this machine.
class CredentialSourcesTest {
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG";
    private static final String GIVEN =
            "{\"Version\": 1, \"Code\": \"Success\", \"AccessKeyId\": \"ASIAGIVEN\", \"SecretAccessKey\": \"given/secret\", \"Token\": \"given token\", \"Expiration\": \"2026-01-01T01:00:00Z\"}";
    private static final String STS =
            "<AssumeRoleResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROA:skyferry</AssumedRoleId></AssumedRoleUser><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>role/secret</SecretAccessKey><SessionToken>role token</SessionToken><Expiration>2026-01-01T01:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>";
    private static final Access OF_ROLE = new Access(
            "ASIAROLE", "role/secret", Optional.of("role token"), Optional.of(Instant.parse("2026-01-01T01:00:00Z")));

    private final Path folder;
    private final FakeClock clock = new FakeClock();
    private final Map<String, String> variables = new HashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    private final List<Map<String, String>> headers = Collections.synchronizedList(new ArrayList<>());
    private volatile Function<WebRequest, WebReply> answers = request -> WebReply.of(404);
    private final WebServer server = new WebServer(this::answer);

    CredentialSourcesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private WebReply answer(WebRequest request) throws IOException {
        asked.add(request.method() + " " + request.path() + (request.query().isEmpty() ? "" : "?" + request.query()));
        headers.add(request.headers());
        bodies.add(new String(request.bytes(), StandardCharsets.UTF_8));
        return answers.apply(request);
    }

    private static WebReply json(String text) {
        return new WebReply(200, text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Nearby implements Transports {
        @Override
        public HttpTransport near() {
            return new ChannelTransport(
                    TransportSettings.defaults().withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(5)),
                    System::nanoTime);
        }

        @Override
        public HttpTransport far() {
            return near();
        }
    }

    private Path file(String name, String... lines) {
        try {
            return Files.write(folder.resolve(name), List.of(lines));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void config(String... lines) {
        variables.put("AWS_CONFIG_FILE", file("config", lines).toString());
    }

    private void credentials(String... lines) {
        variables.put("AWS_SHARED_CREDENTIALS_FILE", file("credentials", lines).toString());
    }

    private Credentials source(String... profile) {
        variables.putIfAbsent("AWS_EC2_METADATA_DISABLED", "true");
        var environment = new Environment(variables, folder.resolve("home"));
        return new CredentialChain(
                        environment,
                        profile.length == 0 ? Optional.empty() : Optional.of(profile[0]),
                        new Nearby(),
                        clock::get)
                .credentials();
    }

    private MissingException refusal(String... profile) {
        try (Credentials source = source(profile)) {
            return catchThrowableOfType(MissingException.class, source::access);
        }
    }

    @Test
    void variablesComeBeforeFiles() {
        variables.put("AWS_ACCESS_KEY_ID", "AKIAVARIABLE");
        variables.put("AWS_SECRET_ACCESS_KEY", SECRET);
        credentials("[default]", "aws_access_key_id = AKIAFILE", "aws_secret_access_key = other");
        try (Credentials source = source()) {
            assertThat(source.access()).isEqualTo(Access.lasting("AKIAVARIABLE", SECRET));
        }
        try (Credentials named = source("default")) {
            assertThat(named.access().keyId()).isEqualTo("AKIAFILE");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"})
    void halfAKeyIsNoReasonToTakeAnother(String half) {
        variables.put(half, SECRET);
        credentials("[default]", "aws_access_key_id = AKIAFILE", "aws_secret_access_key = other");
        assertThat(refusal())
                .hasMessageStartingWith("Want AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY but")
                .hasMessageNotContaining(SECRET);
        try (Credentials named = source("default")) {
            assertThat(named.access().keyId()).isEqualTo("AKIAFILE");
        }
    }

    @Test
    void filesAreThoseOfTheHomeThatTheEnvironmentNames() {
        var there = Environment.of(Map.of("HOME", "/elsewhere"), "/home/somebody");
        assertThat(there.configFile()).isEqualTo(Path.of("/elsewhere/.aws/config"));
        assertThat(Environment.of(Map.of("HOME", ""), "/home/somebody").credentialsFile())
                .isEqualTo(Path.of("/home/somebody/.aws/credentials"));
    }

    @Test
    void profileThatIsNamedAndNotThereIsNoReasonToAskTheMachine() {
        variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.address().toString());
        variables.put("AWS_EC2_METADATA_DISABLED", "false");
        variables.put("AWS_PROFILE", "absent");
        assertThat(refusal()).hasMessageContaining("the profile 'absent'").hasMessageContaining("credentials");
        assertThat(refusal("absent")).hasMessageContaining("the profile 'absent'");
        assertThat(asked).isEmpty();
        variables.put("AWS_ACCESS_KEY_ID", "AKIAVARIABLE");
        variables.put("AWS_SECRET_ACCESS_KEY", SECRET);
        try (Credentials source = source()) {
            assertThat(source.access().keyId()).isEqualTo("AKIAVARIABLE");
        }
    }

    @Test
    void profileOfEitherFileIsRead() {
        config(
                "# a comment",
                "[profile work]",
                "aws_access_key_id=AKIACONFIG",
                "aws_secret_access_key = a=b ",
                "s3 =",
                "  addressing_style = path");
        credentials("[other]", "aws_access_key_id = AKIAOTHER", "aws_secret_access_key = c", "aws_session_token = t");
        try (Credentials source = source("work")) {
            assertThat(source.access()).isEqualTo(Access.lasting("AKIACONFIG", "a=b"));
        }
        variables.put("AWS_PROFILE", "other");
        try (Credentials source = source()) {
            assertThat(source.access()).isEqualTo(new Access("AKIAOTHER", "c", Optional.of("t"), Optional.empty()));
        }
        assertThat(refusal("absent")).hasMessageContaining("'absent'");
    }

    @Test
    void roleIsTakenOnWithTheKeyOfAnotherProfile() {
        variables.put("AWS_ENDPOINT_URL_STS", server.address().toString());
        config(
                "[profile role]",
                "role_arn = arn:aws:iam::1:role/reader",
                "source_profile = base",
                "external_id = x&y",
                "region = eu-central-1");
        credentials("[base]", "aws_access_key_id = AKIABASE", "aws_secret_access_key = " + SECRET);
        answers = request -> WebReply.xml(200, STS);
        try (Credentials source = source("role")) {
            assertThat(source.access()).isEqualTo(OF_ROLE);
            assertThat(source.access()).isEqualTo(OF_ROLE);
        }
        assertThat(asked).containsExactly("POST /");
        assertThat(bodies.getFirst())
                .contains("Action=AssumeRole&", "RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Freader", "ExternalId=x%26y")
                .doesNotContain(SECRET);
        assertThat(headers.getFirst().get("authorization"))
                .contains("Credential=AKIABASE/20260101/eu-central-1/sts/aws4_request");
    }

    @Test
    void rolesOfRolesEndAtAKeyOrAreRefused() {
        variables.put("AWS_ENDPOINT_URL_STS", server.address().toString());
        config(
                "[profile outer]",
                "role_arn = arn:outer",
                "source_profile = inner",
                "[profile inner]",
                "role_arn = arn:inner",
                "source_profile = base",
                "[profile base]",
                "aws_access_key_id = AKIABASE",
                "aws_secret_access_key = " + SECRET,
                "[profile ring]",
                "role_arn = arn:ring",
                "source_profile = gnir",
                "[profile gnir]",
                "role_arn = arn:gnir",
                "source_profile = ring",
                "[profile alone]",
                "role_arn = arn:alone");
        answers = request -> WebReply.xml(200, STS);
        try (Credentials source = source("outer")) {
            assertThat(source.access().keyId()).isEqualTo("ASIAROLE");
        }
        assertThat(bodies).hasSize(2);
        assertThat(bodies.get(0)).contains("arn%3Ainner");
        assertThat(bodies.get(1)).contains("arn%3Aouter");
        assertThat(headers.get(1)).containsEntry("x-amz-security-token", "role token");
        assertThat(refusal("ring")).hasMessageContaining("ring, gnir");
        assertThat(refusal("alone")).hasMessageContaining("source_profile");
    }

    @Test
    void tokenServiceThatRefusesIsToldByItsCodeAlone() {
        variables.put("AWS_ENDPOINT_URL_STS", server.address().toString());
        Path token = file("token", "a web token");
        variables.put("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
        variables.put("AWS_ROLE_ARN", "arn:aws:iam::1:role/pod");
        answers = request -> WebReply.xml(
                400,
                "<ErrorResponse><Error><Type>Sender</Type><Code>InvalidIdentityToken</Code><Message>a web token is bad</Message></Error></ErrorResponse>");
        assertThat(refusal())
                .hasMessage(
                        "Want a key for the role 'arn:aws:iam::1:role/pod' but the token service answered 400 InvalidIdentityToken");
        answers = request -> WebReply.xml(200, "<html>");
        assertThat(refusal()).hasMessageContaining("the answer was none").hasMessageNotContaining("a web token");
    }

    @Test
    void webIdentityIsExchangedInTheBodyAndAgainBeforeItEnds() {
        variables.put("AWS_ENDPOINT_URL_STS", server.address().toString());
        Path token = file("token", "first token");
        variables.put("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString());
        variables.put("AWS_ROLE_ARN", "arn:role");
        answers = request -> WebReply.xml(200, STS);
        try (Credentials source = source()) {
            assertThat(source.access()).isEqualTo(OF_ROLE);
            clock.advance(Duration.ofMinutes(54));
            assertThat(source.access()).isEqualTo(OF_ROLE);
            assertThat(bodies).hasSize(1);
            clock.advance(Duration.ofMinutes(2));
            file("token", "second token");
            assertThat(source.access()).isEqualTo(OF_ROLE);
        }
        assertThat(asked).containsExactly("POST /", "POST /");
        assertThat(bodies.get(0)).contains("WebIdentityToken=first%20token", "RoleSessionName=skyferry");
        assertThat(bodies.get(1)).contains("WebIdentityToken=second%20token");
    }

    @Test
    void commandOfAProfilePrintsTheKey() {
        Path printed = file("key.json", GIVEN);
        config("[default]", "credential_process = /bin/cat \"" + printed + "\"");
        try (Credentials source = source()) {
            assertThat(source.access().keyId()).isEqualTo("ASIAGIVEN");
            assertThat(source.access().secret()).isEqualTo("given/secret");
        }
    }

    @Test
    void commandThatFailsIsToldWithoutWhatItPrinted() {
        config(
                "[profile ends]",
                "credential_process = /bin/sh -c 'echo %s; echo %s >&2; exit 3'".formatted(SECRET, SECRET),
                "[profile half]",
                "credential_process = /bin/sh -c 'echo {\\\"SecretAccessKey\\\": \\\"%s\\\"}'".formatted(SECRET),
                "[profile none]",
                "credential_process = /nonexistent/command");
        for (String profile : List.of("ends", "half", "none")) {
            MissingException told = refusal(profile);
            assertThat(told).hasMessageContaining("profile '" + profile + "'").hasMessageNotContaining(SECRET);
            assertThat(String.valueOf(told.getCause())).doesNotContain(SECRET);
        }
        assertThat(refusal("ends")).hasMessageContaining("ended with 3");
    }

    @Test
    void wordsOfACommandArePartedAsAShellDoes() {
        assertThat(CommandKeys.words("  a 'b c' \"d \\\" e\"f\\ g '' ")).containsExactly("a", "b c", "d \" ef g", "");
    }

    @Test
    void browserSignInIsRefusedWithAWayOut() {
        config("[profile sso]", "sso_session = company");
        assertThat(refusal("sso")).hasMessageContaining("export-credentials");
    }

    @Test
    void containerGivesItsKeyToWhoHasItsToken() {
        variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.address() + "/v2/keys?id=1");
        Path token = file("token", "container token");
        variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString());
        answers = request -> json(GIVEN);
        try (Credentials source = source()) {
            assertThat(source.access().token()).contains("given token");
        }
        assertThat(asked).containsExactly("GET /v2/keys?id=1");
        assertThat(headers.getFirst()).containsEntry("authorization", "container token");
        answers = request -> WebReply.of(403);
        assertThat(refusal()).hasMessageContaining("403").hasMessageNotContaining("container token");
        variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://203.0.113.9/keys");
        assertThat(refusal()).hasMessageContaining("203.0.113.9");
    }

    @Test
    void machineIsAskedByItsSecondVersionOnly() {
        variables.put("AWS_EC2_METADATA_DISABLED", "false");
        variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.address().toString());
        answers = request -> {
            if (request.method().equals("PUT")) {
                return json("metadata token");
            }
            if (!request.header("x-aws-ec2-metadata-token").equals(Optional.of("metadata token"))) {
                return WebReply.of(401);
            }
            return json(request.path().endsWith("/") ? "role\n" : GIVEN);
        };
        try (Credentials source = source()) {
            assertThat(source.access().keyId()).isEqualTo("ASIAGIVEN");
            assertThat(source.renewed(source.access())).isFalse();
        }
        assertThat(asked)
                .startsWith(
                        "PUT /latest/api/token",
                        "GET /latest/meta-data/iam/security-credentials/",
                        "GET /latest/meta-data/iam/security-credentials/role");
        answers = request -> request.method().equals("PUT") ? json("t") : WebReply.of(404);
        assertThat(refusal()).hasMessageContaining("404");
    }

    @Test
    void machineOfNobodyIsAskedOnceAndTheMessageSaysWhatToGive() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        variables.put("AWS_EC2_METADATA_DISABLED", "false");
        variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:" + port);
        try (Credentials source = source()) {
            assertThatThrownBy(source::access)
                    .isInstanceOf(MissingException.class)
                    .hasMessageContainingAll(
                            "--s3-access-key-id", "--s3-secret-access-key", "AWS_ACCESS_KEY_ID", "AWS_PROFILE")
                    .hasCauseInstanceOf(Exception.class);
            assertThatThrownBy(source::access)
                    .isInstanceOf(MissingException.class)
                    .hasNoCause();
        }
    }

    @Test
    void roleCanBeTakenOnWithTheKeyOfTheContainer() {
        variables.put("AWS_ENDPOINT_URL_STS", server.address().toString());
        variables.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.address() + "/keys");
        config("[profile task]", "role_arn = arn:task", "credential_source = EcsContainer");
        answers = request -> request.method().equals("POST") ? WebReply.xml(200, STS) : json(GIVEN);
        try (Credentials source = source("task")) {
            assertThat(source.access()).isEqualTo(OF_ROLE);
        }
        assertThat(asked).containsExactly("GET /keys", "POST /");
        assertThat(headers.get(1).get("authorization")).contains("Credential=ASIAGIVEN/");
    }
}
