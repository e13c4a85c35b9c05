package io.skyferry.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.skyferry.hash.Hasher;
import io.skyferry.http.HttpException.Kind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.StorageException.Effect;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FiltersTest {
    private static final HttpRequest SIGNED = HttpRequest.of("GET", URI.create("https://here.example/a/b?x=1"))
            .with(HeaderList.of(
                    "Authorization", "hidden-1",
                    "Cookie", "hidden-2",
                    "X-Amz-Security-Token", "hidden-3",
                    "x-amz-server-side-encryption-customer-key", "hidden-4",
                    "Range", "bytes=0-9"));

    private final List<HttpRequest> asked = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    private HttpResponse follow(RedirectFilter.Reach reach, HttpRequest request, String... locations) {
        return new RedirectFilter(reach).around(request, one -> {
            asked.add(one);
            return asked.size() > locations.length
                    ? reply(200, HeaderList.EMPTY)
                    : reply(307, HeaderList.of("Location", locations[asked.size() - 1]));
        });
    }

    private static HttpResponse reply(int status, HeaderList headers) {
        return new HttpResponse(status, headers, InputStream.nullInputStream());
    }

    @Test
    void credentialsStayWithTheirHost() {
        assertThat(follow(RedirectFilter.Reach.ANY_HOST, SIGNED, "https://there.example/c")
                        .status())
                .isEqualTo(200);
        HttpRequest second = asked.get(1);
        assertThat(second.uri()).isEqualTo(URI.create("https://there.example/c"));
        assertThat(second.headers().count()).isEqualTo(1);
        assertThat(second.headers().get("range")).isEqualTo("bytes=0-9");
    }

    @Test
    void anotherPortIsAnotherHost() {
        follow(RedirectFilter.Reach.ANY_HOST, SIGNED, "https://here.example:8443/c");
        assertThat(asked.get(1).headers().get("Authorization")).isNull();
    }

    @Test
    void sameOriginKeepsCredentials() {
        follow(RedirectFilter.Reach.SAME_ORIGIN, SIGNED, "../d?y=2");
        assertThat(asked.get(1).target()).isEqualTo("/d?y=2");
        assertThat(asked.get(1).headers()).isEqualTo(SIGNED.headers());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://here.example/a",
                "ftp://here.example/a",
                "https://user:word@here.example/a",
                "https://[bad/",
                "file:///etc/passwd",
                "mailto:x"
            })
    void redirectsThatLeadAstrayAreGivenToTheCaller(String location) {
        assertThat(follow(RedirectFilter.Reach.ANY_HOST, SIGNED, location).status())
                .isEqualTo(307);
        assertThat(asked).hasSize(1);
    }

    @Test
    void otherHostsAreGivenToTheCallerWhereNotWanted() {
        assertThat(follow(RedirectFilter.Reach.SAME_ORIGIN, SIGNED, "https://there.example/c")
                        .status())
                .isEqualTo(307);
    }

    @Test
    void writesAreNotFollowed() {
        HttpRequest put = HttpRequest.of("PUT", URI.create("https://here.example/a"));
        assertThat(follow(RedirectFilter.Reach.ANY_HOST, put, "https://here.example/b")
                        .status())
                .isEqualTo(307);
    }

    @Test
    void redirectsInACircleEnd() {
        String[] circle = {"/1", "/2", "/1", "/2", "/1", "/2", "/1", "/2"};
        assertThatThrownBy(() -> follow(RedirectFilter.Reach.SAME_ORIGIN, SIGNED, circle))
                .isInstanceOf(HttpException.class);
    }

    @Test
    void wireLogShowsWhatHappenedAndNoSecret() {
        WireLog log = new WireLog(lines::add, () -> 0);
        HttpRequest request = new HttpRequest(
                "GET",
                SIGNED.origin(),
                "/a?X-Amz-Signature=hidden-5&X-Amz-Credential=hidden-6&x=shown&sig=hidden-7&continuation-token=shown2",
                SIGNED.headers(),
                RequestBody.of("hidden-8".getBytes(StandardCharsets.UTF_8)),
                HttpRequest.Manner.PLAIN);
        log.around(
                request,
                one -> reply(
                        200,
                        HeaderList.of(
                                "Set-Cookie", "hidden-9",
                                "ETag", "shown3",
                                "Location", "https://u:hidden-0@h/?token=hidden-10")));
        assertThatThrownBy(() -> log.around(request, one -> {
                    throw new HttpException(Kind.TIMEOUT, Effect.UNKNOWN, "hidden-11");
                }))
                .isInstanceOf(HttpException.class);
        assertThat(String.join("\n", lines))
                .doesNotContain("hidden")
                .contains("shown", "shown2", "shown3", "https://here.example/a", "(8 bytes)", "< 200", "! TIMEOUT");
        assertThat(lines).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "Authorization, ***",
        "x-amz-security-token, ***",
        "X-Amz-Copy-Source-Server-Side-Encryption-Customer-Key, ***",
        "Proxy-Authorization, ***",
        "x-goog-encryption-key, ***",
        "X-Auth-Token, ***",
        "ETag, value",
        "x-amz-meta-mtime, value",
        "Content-Type, value"
    })
    void headersAreMaskedByName(String name, String shown) {
        assertThat(Masking.header(name, "value")).isEqualTo(shown);
    }

    @Test
    void requestsAndLoginsPrintNoSecret() {
        HttpRequest request =
                HttpRequest.of("GET", SIGNED.origin(), "/a?token=hidden").with(SIGNED.headers());
        assertThat(request.toString()).doesNotContain("hidden");
        assertThat(request.headers().toString()).doesNotContain("hidden").contains("Authorization");
        assertThat(new Login("anna", "hidden").toString()).doesNotContain("hidden");
    }

    @Test
    void filtersSeeRequestsInOrderAndRepliesInTheOther() {
        HttpTransport last = new HttpTransport() {
            @Override
            public HttpResponse exchange(HttpRequest request) {
                lines.add("sent");
                return reply(200, request.headers());
            }

            @Override
            public void close() {
                lines.add("closed");
            }
        };
        try (var transport = new FilteredTransport(last, List.of(named("outer"), named("inner")))) {
            assertThat(transport.exchange(SIGNED).header("by")).contains("inner");
        }
        assertThat(lines).containsExactly("outer", "inner", "sent", "inner is back", "outer is back", "closed");
    }

    private HttpFilter named(String name) {
        return (request, rest) -> {
            lines.add(name);
            HttpResponse reply = rest.proceed(request.with("By", name));
            lines.add(name + " is back");
            return reply;
        };
    }

    @Test
    void bodyIsHashedOnItsWayAndAnewEachTime() throws IOException {
        byte[] bytes = TransportChapter.bytes(10_000);
        Hasher md5 = Hasher.of(HashType.MD5);
        Hasher crc = Hasher.of(HashType.CRC32C);
        var body = new HashedBody(RequestBody.of(bytes), List.of(md5, crc));
        try (InputStream first = body.open()) {
            assertThat(first.read()).isGreaterThanOrEqualTo(0);
        }
        try (InputStream second = body.open()) {
            assertThat(second.skip(100)).isEqualTo(100);
            assertThat(second.readAllBytes()).hasSize(9_900);
        }
        assertThat(md5.hex()).isEqualTo(Hasher.hex(HashType.MD5, bytes));
        assertThat(crc.hex()).isEqualTo(Hasher.hex(HashType.CRC32C, bytes));
        assertThat(body.length()).hasValue(10_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a\nb", "a\u0000", "\u20ac"})
    void headersTakeNothingThatBreaksThem(String value) {
        assertThatThrownBy(() -> HeaderList.of("X", value)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HeaderList.of(value, "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Transfer-Encoding", "Connection", "Expect"})
    void whatTheTransportWritesIsLeftToIt(String name) {
        assertThatThrownBy(() -> SIGNED.with(name, "1")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "/a b", "/a\r\nX: y", "/\u00e4", "/a#b"})
    void targetsAreEncodedBefore(String target) {
        assertThatThrownBy(() -> HttpRequest.of("GET", SIGNED.origin(), target))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void replyThatIsTooLongForTextIsRefused() {
        var long1 = new HttpResponse(200, HeaderList.EMPTY, new ByteArrayInputStream(new byte[11]));
        assertThatThrownBy(() -> long1.bytes(10)).isInstanceOf(HttpException.class);
        var fits = new HttpResponse(200, HeaderList.EMPTY, new ByteArrayInputStream(new byte[10]));
        assertThat(fits.bytes(10)).hasSize(10);
    }

    @Test
    void originsAreWrittenAsUrlsWriteThem() {
        assertThat(Origin.of(URI.create("HTTPS://Here.Example"))).hasToString("https://here.example");
        assertThat(Origin.of(URI.create("http://[2001:DB8::1]:81/x")))
                .hasToString("http://[2001:db8::1]:81")
                .extracting(Origin::host)
                .isEqualTo("2001:db8::1");
        assertThatThrownBy(() -> Origin.of(URI.create("https://u:p@h/"))).isInstanceOf(IllegalArgumentException.class);
    }
}
