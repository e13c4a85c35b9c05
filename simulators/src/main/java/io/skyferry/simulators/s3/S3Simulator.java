package io.skyferry.simulators.s3;

import io.skyferry.simulators.s3.S3Rules.Quirk;
import io.skyferry.simulators.web.WebReply;
import io.skyferry.simulators.web.WebRequest;
import io.skyferry.simulators.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// An S3 server in memory.
public final class S3Simulator implements AutoCloseable {
    /// Names the one key that is let in.
    public static final String KEY_ID = "AKIASIMULATED0000000";

    /// The key itself.
    public static final String SECRET = "a secret that is nobody's/+=";

    private final S3Rules rules;
    private final Supplier<Instant> clock;
    private final S3Signature signature;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, S3Bucket> buckets = new TreeMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();
    private final S3Faults faults = new S3Faults();
    private final S3Objects objects;
    private final S3Parts parts;
    private final S3Lists lists;
    private final WebServer server;
    private String expiredToken = "";
    private long numbers;

    /// @param clock by which objects are dated and signatures judged
    public S3Simulator(S3Rules rules, Supplier<Instant> clock) {
        this.rules = rules;
        this.clock = clock;
        this.signature = new S3Signature(KEY_ID, SECRET, rules.region());
        this.objects = new S3Objects(this, this::bucket);
        this.parts = new S3Parts(this, objects);
        this.lists = new S3Lists(rules);
        this.server = new WebServer(this::answer);
    }

    /// Where it listens.
    public URI address() {
        return server.address();
    }

    /// Makes a bucket.
    public S3Simulator withBucket(String name) {
        lock.lock();
        try {
            buckets.putIfAbsent(name, new S3Bucket(rules.versions()));
            return this;
        } finally {
            lock.unlock();
        }
    }

    /// What is to go wrong.
    public S3Faults faults() {
        return faults;
    }

    /// Requests that name this session token are told that it has ended.
    public void expire(String token) {
        expiredToken = token;
    }

    /// How often each call was made, by its name in Amazon's reference.
    public Map<String, Long> counts() {
        lock.lock();
        try {
            return Map.copyOf(counts);
        } finally {
            lock.unlock();
        }
    }

    /// Begins to count anew.
    public void resetCounts() {
        lock.lock();
        try {
            counts.clear();
        } finally {
            lock.unlock();
        }
    }

    /// What was asked in a way that no client should.
    public List<String> complaints() {
        lock.lock();
        try {
            return List.copyOf(complaints);
        } finally {
            lock.unlock();
        }
    }

    /// The keys of a bucket, sorted.
    public List<String> keys(String bucket) {
        lock.lock();
        try {
            return bucket(bucket).all().entrySet().stream()
                    .filter(one -> !one.getValue().getFirst().deleted())
                    .map(Map.Entry::getKey)
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /// How many uploads of a bucket are not finished.
    public int unfinishedUploads(String bucket) {
        lock.lock();
        try {
            return bucket(bucket).uploads().size();
        } finally {
            lock.unlock();
        }
    }

    /// Begins an upload in parts that nobody finishes.
    public S3Simulator withUnfinishedUpload(String bucket, String key) {
        lock.lock();
        try {
            parts.begun(bucket(bucket), key, Map.of());
            return this;
        } finally {
            lock.unlock();
        }
    }

    /// Puts an object there behind everybody's back.
    ///
    /// @param headers by lower-case name
    public void put(String bucket, String key, byte[] bytes, Map<String, String> headers) {
        lock.lock();
        try {
            objects.store(key, bucket(bucket), bytes.clone(), S3Call.md5(bytes), headers);
        } finally {
            lock.unlock();
        }
    }

    /// The headers that are kept with an object.
    public Map<String, String> headers(String bucket, String key) {
        lock.lock();
        try {
            return bucket(bucket).now(key).orElseThrow().headers();
        } finally {
            lock.unlock();
        }
    }

    /// The bytes of an object.
    public byte[] bytes(String bucket, String key) {
        lock.lock();
        try {
            return bucket(bucket).now(key).orElseThrow().bytes().clone();
        } finally {
            lock.unlock();
        }
    }

    S3Rules rules() {
        return rules;
    }

    /// The headers of a call that its object keeps.
    Map<String, String> kept(S3Call call) {
        Map<String, String> kept = call.kept();
        if (rules.quirks().contains(Quirk.IGNORES_CUSTOMER_KEYS)) {
            kept.keySet().removeIf(name -> name.contains("-encryption-customer-"));
        }
        return kept;
    }

    Instant now() {
        return clock.get();
    }

    long number() {
        numbers++;
        return numbers;
    }

    private S3Bucket bucket(String name) {
        return Optional.ofNullable(buckets.get(name))
                .orElseThrow(() -> new S3Problem(404, "NoSuchBucket", "The specified bucket does not exist"));
    }

    private WebReply answer(WebRequest request) throws IOException {
        S3Call call = S3Call.of(request);
        String operation = call.operation();
        WebReply reply;
        Optional<S3Fault> fault;
        lock.lock();
        try {
            counts.merge(operation, 1L, Long::sum);
            fault = faults.due(operation);
        } finally {
            lock.unlock();
        }
        Optional<WebReply> before = fault.flatMap(S3Simulator::instead);
        reply = before.isPresent() ? before.orElseThrow() : done(call, operation, fault);
        return dressed(fault.map(one -> after(one, reply)).orElse(reply));
    }

    private WebReply dressed(WebReply reply) {
        return reply.header("Date", S3Text.inHeader(now())).header("x-amz-request-id", "simulated");
    }

    private static Optional<WebReply> instead(S3Fault fault) {
        return switch (fault) {
            case S3Fault.Refuses(int status, String code, Optional<Duration> wait) -> {
                WebReply reply = error(new S3Problem(status, code, "Trouble on demand"), false);
                wait.ifPresent(time -> reply.header("Retry-After", String.valueOf(time.toSeconds())));
                yield Optional.of(reply);
            }
            case S3Fault.Resets _ -> Optional.of(WebReply.of(500).ending(WebReply.Ending.LOST));
            case S3Fault.FailsAfter _,
                    S3Fault.LosesReply _,
                    S3Fault.Cuts _,
                    S3Fault.Corrupts _,
                    S3Fault.Damages _,
                    S3Fault.DamagesInSilence _ -> Optional.empty();
        };
    }

    private static boolean damages(S3Fault fault) {
        return fault instanceof S3Fault.Damages || fault instanceof S3Fault.DamagesInSilence;
    }

    private static WebReply after(S3Fault fault, WebReply reply) {
        return switch (fault) {
            case S3Fault.Refuses _, S3Fault.Resets _, S3Fault.Damages _ -> reply;
            case S3Fault.FailsAfter(int status, String code) ->
                error(new S3Problem(status, code, "Trouble on demand"), false);
            case S3Fault.LosesReply _ -> reply.ending(WebReply.Ending.LOST);
            case S3Fault.Cuts _ -> reply.ending(WebReply.Ending.CUT);
            case S3Fault.Corrupts _ -> reply.corrupted();
            case S3Fault.DamagesInSilence _ -> reply.without(S3Payload.HEADER);
        };
    }

    private WebReply done(S3Call call, String operation, Optional<S3Fault> fault) throws IOException {
        boolean isLook = call.request().method().equals("HEAD");
        try {
            checkToken(call);
            checkSums(call);
            signature.check(call.request(), now());
            S3Payload body = switch (operation) {
                case "PutObject", "UploadPart", "DeleteObjects", "CreateBucket" -> call.payload();
                case "CompleteMultipartUpload" -> new S3Payload(call.bytes(), "");
                default -> new S3Payload(new byte[0], "");
            };
            lock.lock();
            try {
                boolean isDamaged = fault.filter(S3Simulator::damages).isPresent();
                return worked(call, operation, isDamaged ? body.damaged() : body);
            } finally {
                lock.unlock();
            }
        } catch (S3Problem problem) {
            note(call, operation, problem);
            return refused(problem, isLook);
        }
    }

    private void checkSums(S3Call call) {
        if (rules.quirks().contains(Quirk.REFUSES_SUMS)) {
            List.of(S3Parts.ALGORITHM, "x-amz-checksum-mode", "x-amz-checksum-crc32c").stream()
                    .filter(name -> call.header(name).isPresent())
                    .findFirst()
                    .ifPresent(name -> {
                        throw new S3Problem(
                                400,
                                "InvalidArgument",
                                "Unsupported header '%s' received for this API call.".formatted(name));
                    });
        }
    }

    private void checkToken(S3Call call) {
        if (!expiredToken.isEmpty()
                && call.header("x-amz-security-token").orElse("").equals(expiredToken)) {
            throw new S3Problem(400, "ExpiredToken", "The provided token has expired.");
        }
    }

    private void note(S3Call call, String operation, S3Problem problem) {
        boolean clientsFault = switch (problem.code()) {
            case "InvalidArgument",
                    "InvalidRequest",
                    "MalformedXML",
                    "SignatureDoesNotMatch",
                    "MissingContentLength",
                    "BadDigest",
                    "XAmzContentSHA256Mismatch" -> true;
            default -> false;
        };
        if (clientsFault) {
            lock.lock();
            try {
                complaints.add("%s of '%s': %s".formatted(operation, call.key(), problem.getMessage()));
            } finally {
                lock.unlock();
            }
        }
    }

    private WebReply refused(S3Problem problem, boolean isLook) {
        WebReply reply = error(problem, isLook);
        return problem.code().equals("AuthorizationHeaderMalformed")
                ? reply.header("x-amz-bucket-region", rules.region())
                : reply;
    }

    private static WebReply error(S3Problem problem, boolean isLook) {
        return isLook
                ? WebReply.of(problem.status())
                : WebReply.xml(
                        problem.status(),
                        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code><Message>%s</Message></Error>"
                                .formatted(problem.code(), S3Text.escaped(String.valueOf(problem.getMessage()))));
    }

    private WebReply worked(S3Call call, String operation, S3Payload body) throws IOException {
        if (operation.equals("ListBuckets")) {
            var xml = new StringBuilder("<ListAllMyBucketsResult><Buckets>");
            buckets.keySet()
                    .forEach(name -> xml.append("<Bucket><Name>").append(name).append("</Name></Bucket>"));
            return WebReply.xml(
                    200, xml.append("</Buckets></ListAllMyBucketsResult>").toString());
        }
        if (operation.equals("CreateBucket")) {
            if (buckets.containsKey(call.bucket())) {
                throw new S3Problem(409, "BucketAlreadyOwnedByYou", "You already own it.");
            }
            withBucket(call.bucket());
            return WebReply.of(200);
        }
        S3Bucket bucket = bucket(call.bucket());
        return switch (operation) {
            case "HeadBucket" -> WebReply.of(200).header("x-amz-bucket-region", rules.region());
            case "GetBucketLocation" ->
                WebReply.xml(200, "<LocationConstraint>%s</LocationConstraint>".formatted(rules.region()));
            case "GetBucketVersioning" ->
                WebReply.xml(
                        200,
                        bucket.keepsVersions()
                                ? "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>"
                                : "<VersioningConfiguration/>");
            case "ListObjects", "ListObjectsV2" -> lists.objects(call, bucket);
            case "ListObjectVersions" -> lists.versions(call, bucket);
            case "ListMultipartUploads" -> lists.uploads(call, bucket);
            case "DeleteObjects" -> objects.deleteMany(call, bucket, body.bytes());
            case "PutObject" -> objects.put(call, bucket, body);
            case "CopyObject" -> objects.copy(call, bucket);
            case "GetObject", "HeadObject" -> objects.get(call, bucket);
            case "DeleteObject" -> objects.delete(call, bucket);
            case "CreateMultipartUpload" -> parts.begin(call, bucket);
            case "UploadPart" -> parts.put(call, bucket, body);
            case "UploadPartCopy" -> parts.copy(call, bucket);
            case "ListParts" -> parts.list(call, bucket);
            case "CompleteMultipartUpload" -> parts.complete(call, bucket, body.bytes());
            case "AbortMultipartUpload" -> parts.abort(call, bucket);
            default -> throw new S3Problem(501, "NotImplemented", operation + " is not simulated");
        };
    }

    @Override
    public void close() {
        server.close();
    }
}
