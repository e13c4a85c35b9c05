package io.skyferry.storages.s3.sign;

import io.skyferry.hash.Hasher;
import io.skyferry.hash.Hmac;
import io.skyferry.storage.HashType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Signature version 4, in the header.
///
/// Source: "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)" of the Amazon S3 API
/// Reference.
public final class SigV4 implements Signer {
    /// Stands for a body that is not signed: what protects it is TLS, and the checksum that goes with it.
    public static final String UNSIGNED = "UNSIGNED-PAYLOAD";

    /// The checksum of no bytes.
    public static final String OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";

    private final String service;
    private final String region;
    private volatile @Nullable DayKey key;
    private volatile @Nullable Second second;

    /// A second as signatures name it.
    private record Second(long epoch, String text) {}

    /// The key that all signatures of one day are made with, keyed as often as signatures were ever made at once.
    private static final class DayKey {
        private final Access access;
        private final String day;
        private final byte[] bytes;
        private final Queue<Hmac> idle = new ConcurrentLinkedQueue<>();

        DayKey(Access access, String day, byte[] bytes) {
            this.access = access;
            this.day = day;
            this.bytes = bytes;
        }

        boolean is(Access other, String otherDay) {
            return day.equals(otherDay) && access.equals(other);
        }

        byte[] hmac(String text) {
            Hmac taken = idle.poll();
            Hmac hmac = taken == null ? new Hmac(HashType.SHA256, bytes) : taken;
            byte[] result = hmac.of(text.getBytes(StandardCharsets.UTF_8));
            idle.add(hmac);
            return result;
        }
    }

    /// @param service `s3`
    /// @param region `us-east-1`
    public SigV4(String service, String region) {
        this.service = service;
        this.region = region;
    }

    /// The region that is signed for.
    public String region() {
        return region;
    }

    @Override
    public void sign(Draft draft, Access access, Instant now) {
        String time = time(now);
        String day = time.substring(0, 8);
        draft.header("x-amz-date", time);
        draft.header("x-amz-content-sha256", draft.payload());
        if (access.token().isPresent()) {
            draft.header("x-amz-security-token", access.token().orElseThrow());
        }
        String names = String.join(";", draft.headers().keySet());
        String scope = day + "/" + region + "/" + service + "/aws4_request";
        String text = ALGORITHM + "\n" + time + "\n" + scope + "\n"
                + Hasher.hex(HashType.SHA256, canonical(draft, names).getBytes(StandardCharsets.UTF_8));
        String signature = hex(dayKey(access, day).hmac(text));
        draft.header(
                "authorization",
                ALGORITHM + " Credential=" + access.keyId() + "/" + scope + ",SignedHeaders=" + names + ",Signature="
                        + signature);
    }

    /// As `20130524T000000Z`; most requests are signed in the second of the one before.
    private String time(Instant now) {
        Second known = second;
        if (known == null || known.epoch() != now.getEpochSecond()) {
            known = new Second(now.getEpochSecond(), written(now));
            second = known;
        }
        return known.text();
    }

    private static String written(Instant now) {
        ZonedDateTime at = now.atZone(ZoneOffset.UTC);
        byte[] text = "00000000T000000Z".getBytes(StandardCharsets.ISO_8859_1);
        digits(text, 4, at.getYear());
        digits(text, 6, at.getMonthValue());
        digits(text, 8, at.getDayOfMonth());
        digits(text, 11, at.getHour());
        digits(text, 13, at.getMinute());
        digits(text, 15, at.getSecond());
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void digits(byte[] text, int end, int number) {
        int at = end;
        for (int rest = number; rest > 0; rest /= 10) {
            text[--at] = (byte) ('0' + rest % 10);
        }
    }

    static String canonical(Draft draft, String names) {
        var text = new StringBuilder(512);
        text.append(draft.method()).append('\n');
        text.append(draft.path()).append('\n');
        text.append(draft.canonicalQuery()).append('\n');
        for (Map.Entry<String, String> header : draft.headers().entrySet()) {
            text.append(header.getKey()).append(':');
            appendTrimmed(text, header.getValue());
            text.append('\n');
        }
        return text.append('\n')
                .append(names)
                .append('\n')
                .append(draft.payload())
                .toString();
    }

    /// Without blanks around it, and with one for each row of them.
    private static void appendTrimmed(StringBuilder text, String value) {
        boolean blank = false;
        String stripped = value.strip();
        for (int i = 0; i < stripped.length(); i++) {
            char c = stripped.charAt(i);
            if (c != ' ') {
                text.append(c);
            } else if (!blank) {
                text.append(' ');
            }
            blank = c == ' ';
        }
    }

    private DayKey dayKey(Access access, String day) {
        DayKey known = key;
        if (known == null || !known.is(access, day)) {
            byte[] secret = ("AWS4" + access.secret()).getBytes(StandardCharsets.UTF_8);
            byte[] ofDay = hmac(hmac(hmac(hmac(secret, day), region), service), "aws4_request");
            known = new DayKey(access, day, ofDay);
            key = known;
        }
        return known;
    }

    private static byte[] hmac(byte[] key, String text) {
        return new Hmac(HashType.SHA256, key).of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
