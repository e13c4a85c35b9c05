package io.skyferry.storages.s3;

import io.skyferry.hash.Hasher;
import io.skyferry.http.HeaderList;
import io.skyferry.http.HttpException;
import io.skyferry.http.HttpHeaders;
import io.skyferry.http.HttpRequest;
import io.skyferry.http.HttpRequest.Manner;
import io.skyferry.http.HttpResponse;
import io.skyferry.http.HttpTransport;
import io.skyferry.http.Origin;
import io.skyferry.http.Origin.Scheme;
import io.skyferry.http.RequestBody;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.HashType;
import io.skyferry.storage.StorageException;
import io.skyferry.storage.StorageException.Where;
import io.skyferry.storages.s3.credential.Credentials;
import io.skyferry.storages.s3.sign.Access;
import io.skyferry.storages.s3.sign.Draft;
import io.skyferry.storages.s3.sign.SigV2;
import io.skyferry.storages.s3.sign.SigV4;
import io.skyferry.storages.s3.sign.Signer;
import io.skyferry.storages.s3.wire.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Sends requests to one bucket and reads the replies.
///
/// What is asked again here is no retry but the same request said rightly: to the region that the server names, by
/// the server's clock, with a key that was renewed. Each happens once for a request.
final class S3Api implements AutoCloseable {
    private static final int MAX_ERROR = 64 * 1024;

    private static final int MAX_STEPS = 3;

    /// Servers allow a quarter of an hour.
    private static final Duration SUSPECT_SKEW = Duration.ofMinutes(10);

    private final S3Settings settings;
    private final Addressing addressing;
    private final HttpTransport transport;
    private final Credentials credentials;
    private final InstantSource clock;
    private final AtomicReference<Aim> aim;
    private final XmlReplies replies = new XmlReplies();
    private volatile @Nullable Account account;

    S3Api(S3Settings settings, HttpTransport transport, Credentials credentials, InstantSource clock) {
        this.settings = settings;
        this.addressing = new Addressing(settings);
        this.transport = transport;
        this.credentials = credentials;
        this.clock = clock;
        String region = settings.region().orElse(settings.family().defaultRegion());
        this.aim = new AtomicReference<>(new Aim(region, signerFor(region), Duration.ZERO));
    }

    /// What servers have taught of how to ask them.
    ///
    /// @param skew what the server's clock is ahead of ours
    private record Aim(String region, Signer signer, Duration skew) {
        Aim by(Duration other) {
            return new Aim(region, signer, other);
        }
    }

    /// A reply, and what its request was made with: another one may have been put right meanwhile.
    ///
    /// @param access empty: it was not signed
    private record Exchange(HttpResponse reply, Aim aim, Optional<Access> access) {}

    /// For another place of the same account, over the same connections; only this one is to be closed.
    S3Api of(S3Root root) {
        return new S3Api(settings.at(root), transport, credentials, clock);
    }

    private Signer signerFor(String name) {
        return switch (settings.signature()) {
            case V4 -> new SigV4("s3", name);
            case V2 -> new SigV2();
            case NONE -> Signer.none();
        };
    }

    S3Settings settings() {
        return settings;
    }

    /// The server's address, as part of who we talk to.
    String host() {
        return settings.endpoint().isPresent()
                ? addressing.origin(region()).hostAndPort()
                : settings.family().key();
    }

    String region() {
        return aim.get().region();
    }

    private String keyId() {
        if (settings.signature() == S3Settings.Signature.NONE) {
            return "";
        }
        try {
            return credentials.access().keyId();
        } catch (Credentials.MissingException none) {
            // The first request says so.
            return "";
        }
    }

    /// Who asks whom: the same text for all storages of one server that have the same keys, which it does not tell.
    String account() {
        String id = keyId();
        Account known = account;
        if (known == null || !known.keyId.equals(id)) {
            String server = settings.endpoint()
                    .map(Origin::hostAndPort)
                    .orElse(settings.family().key());
            String said = id + "\n" + new TreeMap<>(settings.encryption().reading());
            known = new Account(id, server + "#" + Hasher.hex(HashType.SHA256, said.getBytes(StandardCharsets.UTF_8)));
            account = known;
        }
        return known.text;
    }

    /// What an account is called while a key is in use: each copy asks for it.
    private record Account(String keyId, String text) {}

    /// Whether nobody on the way can read or change what goes over.
    boolean isPrivate() {
        return addressing.origin(region()).scheme() == Scheme.HTTPS;
    }

    /// Sends it.
    ///
    /// @return a reply that says yes; to be closed
    HttpResponse send(Ask ask) {
        for (int step = 1; ; step++) {
            Exchange done = exchange(ask);
            if (done.reply().isSuccess()) {
                return done.reply();
            }
            Failure failure = failure(done.reply());
            if (step == MAX_STEPS || !mayBeSaidAgain(ask) || !corrected(ask, done, failure)) {
                throw told(done.reply(), failure, ask.where());
            }
        }
    }

    private static boolean mayBeSaidAgain(Ask ask) {
        return ask.body().opening() == RequestBody.Opening.AGAIN;
    }

    private Exchange exchange(Ask ask) {
        Aim now = aim.get();
        Draft draft = addressing.draft(ask, now.region());
        if (settings.writing().payer() == S3Settings.Payer.REQUESTER) {
            draft.header("x-amz-request-payer", "requester");
        }
        try {
            Optional<Access> access = Optional.empty();
            if (settings.signature() != S3Settings.Signature.NONE) {
                Access key = credentials.access();
                now.signer().sign(draft, key, clock.instant().plus(now.skew()));
                access = Optional.of(key);
            }
            HeaderList.Builder headers = new HeaderList.Builder();
            for (Map.Entry<String, String> header : draft.headers().entrySet()) {
                if (!header.getKey().equals("host")) {
                    headers.add(header.getKey(), header.getValue());
                }
            }
            HttpResponse reply = transport.exchange(new HttpRequest(
                    ask.method(),
                    addressing.origin(ask, now.region()),
                    draft.target(),
                    headers.build(),
                    ask.body(),
                    Manner.PLAIN));
            return new Exchange(reply, now, access);
        } catch (HttpException broken) {
            throw S3Errors.of(broken, ask.where());
        } catch (Credentials.MissingException none) {
            throw StorageException.noEffect(ErrorKind.UNAUTHENTICATED, ask.where(), String.valueOf(none.getMessage()))
                    .causedBy(none);
        }
    }

    /// Errors are XML in the body; replies to HEAD have headers alone.
    private static Failure failure(HttpResponse reply) {
        Failure told;
        try {
            byte[] bytes = reply.bytes(MAX_ERROR);
            told = Failure.read(bytes, bytes.length);
        } catch (HttpException broken) {
            // The status came: what it meant in words did not.
            told = Failure.NONE;
        }
        String right = reply.header("x-amz-bucket-region").orElse(told.region());
        return new Failure(told.code(), told.message(), right, told.endpoint());
    }

    /// Whether something that was wrong with the request can be, and was, put right.
    private boolean corrected(Ask ask, Exchange done, Failure failure) {
        String right = failure.region();
        int status = done.reply().status();
        boolean wrongPlace = status == 301 || status == 307 || status == 400;
        // Another bucket may live elsewhere: ours does not move for that.
        boolean isOurs = ask.bucket().map(settings.root().bucket()::equals).orElse(true);
        if (isOurs && wrongPlace && !right.isEmpty() && !right.equals(done.aim().region())) {
            Signer signer = signerFor(right);
            aim.updateAndGet(known -> new Aim(right, signer, known.skew()));
            return true;
        }
        return switch (failure.code()) {
            case "NoSuchBucket" -> bucketWasMade(ask);
            case "RequestTimeTooSkewed" -> clockWasWrong(done, Duration.ofMinutes(1));
            case "ExpiredToken", "TokenRefreshRequired", "InvalidToken" -> keyHadEnded(done);
            case "" -> ask.method().equals("HEAD") && wordlessCorrected(done);
            default -> false;
        };
    }

    /// Replies to HEAD say nothing of why: what else tells a wrong clock and a key that has ended is looked at.
    private boolean wordlessCorrected(Exchange done) {
        return switch (done.reply().status()) {
            case 403 -> clockWasWrong(done, SUSPECT_SKEW);
            case 400 -> done.access().flatMap(Access::token).isPresent() && keyHadEnded(done);
            default -> false;
        };
    }

    private boolean keyHadEnded(Exchange done) {
        return done.access().map(credentials::renewed).orElse(false);
    }

    /// The first file of a bucket that is to be made when it is needed.
    private boolean bucketWasMade(Ask ask) {
        boolean writes =
                ask.key() != null && (ask.method().equals("PUT") || ask.method().equals("POST"));
        if (!writes || settings.writing().newBuckets() != S3Settings.NewBuckets.MADE) {
            return false;
        }
        makeBucket(ask.where());
        return true;
    }

    /// Makes the bucket; one of ours that is there is fine.
    void makeBucket(Where where) {
        Optional<String> fault = Buckets.faultOfNew(settings.root().bucket());
        if (fault.isPresent()) {
            throw StorageException.noEffect(
                    ErrorKind.MISCONFIGURED,
                    where,
                    "Want a bucket to be made as '%s' but the name %s"
                            .formatted(settings.root().bucket(), fault.orElseThrow()));
        }
        Ask ask = Ask.ofBucket("PUT", where);
        String region = region();
        boolean named = settings.family() == S3Family.AWS && !region.equals("us-east-1");
        try {
            headers(
                    named
                            ? withXml(
                                    ask,
                                    "<CreateBucketConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><LocationConstraint>"
                                            + Escaped.xml(region) + "</LocationConstraint></CreateBucketConfiguration>")
                            : ask);
        } catch (StorageException failure) {
            if (failure.kind() != ErrorKind.ALREADY_EXISTS) {
                throw failure;
            }
            expectOurs(where);
        }
    }

    /// Names of buckets are taken once for all accounts of a cloud.
    private void expectOurs(Where where) {
        try {
            headers(Ask.ofBucket("HEAD", where));
        } catch (StorageException failure) {
            throw failure.kind() == ErrorKind.FORBIDDEN
                    ? StorageException.noEffect(
                                    ErrorKind.ALREADY_EXISTS,
                                    where,
                                    "Want a bucket to be made as '%s' but somebody else has one of that name"
                                            .formatted(settings.root().bucket()))
                            .causedBy(failure)
                    : failure;
        }
    }

    /// @param least what the clock a request was signed by must have been wrong by
    private boolean clockWasWrong(Exchange done, Duration least) {
        Optional<Instant> theirs = done.reply().header("Date").flatMap(Mtime::ofHeader);
        if (theirs.isEmpty()) {
            return false;
        }
        Duration skew = Duration.between(clock.instant(), theirs.orElseThrow());
        if (skew.minus(done.aim().skew()).abs().compareTo(least) <= 0) {
            return false;
        }
        aim.updateAndGet(known -> known.by(skew));
        return true;
    }

    private StorageException told(HttpResponse reply, Failure failure, Where where) {
        StorageException ours = S3Errors.of(reply.status(), failure, where);
        Optional<Duration> wait = reply.header("Retry-After").flatMap(this::wait);
        return wait.map(ours::retryAfter).orElse(ours);
    }

    private Optional<Duration> wait(String text) {
        try {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text.strip())));
        } catch (NumberFormatException noNumber) {
            // The other form is a date.
            return Mtime.ofHeader(text)
                    .map(until ->
                            Duration.between(clock.instant().plus(aim.get().skew()), until))
                    .filter(wait -> !wait.isNegative());
        }
    }

    /// Sends it and reads the reply's XML whole.
    <R> R read(Ask ask, BiFunction<byte[], Integer, R> reading) {
        return read(ask, reading, (_, read) -> read);
    }

    /// The same, and its headers.
    <X, R> R read(Ask ask, BiFunction<byte[], Integer, X> reading, BiFunction<HttpHeaders, X, R> joining) {
        try {
            HttpResponse reply = send(ask);
            return joining.apply(reply.headers(), replies.read(reply, reading, ask.where()));
        } catch (HttpException broken) {
            throw S3Errors.of(broken, ask.where());
        }
    }

    /// Sends it and wants no more than a yes.
    S3Head headers(Ask ask) {
        try (HttpResponse reply = send(ask)) {
            return S3Head.of(reply.headers());
        } catch (HttpException broken) {
            throw S3Errors.of(broken, ask.where());
        }
    }

    /// Looks at an object; empty: nothing is there.
    Optional<S3Head> head(String key, Where where) {
        try {
            return Optional.of(headers(
                    Ask.of("HEAD", key, where).headers(settings.encryption().reading())));
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /// Puts XML of ours into a request, with all that proves it.
    static Ask withXml(Ask ask, String xml) {
        byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
        return ask.header("content-type", "application/xml")
                .header(Checksum.MD5.header(), Checksum.base64(Hasher.hex(HashType.MD5, bytes)))
                .body(RequestBody.of(bytes, 0, bytes.length), Hasher.hex(HashType.SHA256, bytes));
    }

    @Override
    public void close() {
        transport.close();
        credentials.close();
    }
}
