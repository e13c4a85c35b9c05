import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// A server that speaks S3 and keeps nothing: `java bench/Sink.java`.
///
/// What is put is read and thrown away. The buckets `objects-N` and `twins-N` hold N objects each, `dirNNNN/fileNNNNNN.dat` of a
/// thousand bytes, made up while they are listed; every other bucket is empty. Signatures are not looked at. It listens on a free port of this machine,
/// prints `endpoint=`, `access-key-id=`, `secret-access-key=` and `ready`, and ends with its standard input.
public final class Sink {
    private static final int EACH = 1000;
    private static final String MODIFIED = "2024-01-01T00:00:00.000Z";

    private final AtomicLong uploads = new AtomicLong();

    private Sink() {}

    public static void main(String[] args) throws IOException {
        var sink = new Sink();
        var listening = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> {
            while (true) {
                try {
                    Socket socket = listening.accept();
                    socket.setTcpNoDelay(true);
                    Thread.ofVirtual().start(() -> sink.serve(socket));
                } catch (IOException gone) {
                    return;
                }
            }
        });
        System.out.println("endpoint=http://127.0.0.1:" + listening.getLocalPort());
        System.out.println("access-key-id=AKIASINK");
        System.out.println("secret-access-key=sink");
        System.out.println("ready");
        while (System.in.read() >= 0) {
            // Whoever started it closes it.
        }
        System.exit(0);
    }

    private record Request(String method, String path, Map<String, String> query, long length) {}

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
            var out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
            byte[] waste = new byte[256 * 1024];
            while (answer(in, out, waste)) {
                out.flush();
            }
        } catch (IOException gone) {
            // Clients go when they like.
        }
    }

    private boolean answer(InputStream in, OutputStream out, byte[] waste) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return false;
        }
        long length = 0;
        boolean waits = false;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(header.substring(15).strip());
            }
            waits |= lower.startsWith("expect:");
        }
        if (waits) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        String[] words = first.split(" ");
        int mark = words[1].indexOf('?');
        Map<String, String> query = new HashMap<>();
        if (mark >= 0) {
            for (String one : words[1].substring(mark + 1).split("&")) {
                int sign = one.indexOf('=');
                query.put(sign < 0 ? one : one.substring(0, sign), sign < 0 ? "" : plain(one.substring(sign + 1)));
            }
        }
        var request = new Request(words[0], mark < 0 ? words[1] : words[1].substring(0, mark), query, length);
        String etag = swallow(request, in, waste);
        reply(request, etag, out);
        return true;
    }

    private static String plain(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// The tag of a small body is its MD5, as clients check; larger ones get one that says nothing, so that the sink costs
    /// little.
    private static String swallow(Request request, InputStream in, byte[] waste) throws IOException {
        if (request.length() <= waste.length) {
            byte[] body = in.readNBytes((int) request.length());
            try {
                return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        for (long left = request.length(); left > 0; ) {
            int read = in.read(waste, 0, (int) Math.min(left, waste.length));
            if (read < 0) {
                throw new IOException("The client went in the middle of a body");
            }
            left -= read;
        }
        return "sunk";
    }

    private void reply(Request request, String etag, OutputStream out) throws IOException {
        boolean ofObject = request.path().indexOf('/', 1) > 0 && !request.path().endsWith("/");
        switch (request.method()) {
            case "GET" -> {
                if (ofObject) {
                    send(out, 404, "", "<Error><Code>NoSuchKey</Code><Message>Nothing is kept</Message></Error>");
                } else if (request.query().containsKey("uploads")) {
                    send(out, 200, "", "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>");
                } else if (request.query().containsKey("location")) {
                    send(out, 200, "", "<LocationConstraint>us-east-1</LocationConstraint>");
                } else {
                    send(out, 200, "", listing(request));
                }
            }
            case "HEAD" -> out.write((ofObject ? "HTTP/1.1 404 None\r\nContent-Length: 0\r\n\r\n" : "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            case "PUT" -> send(out, 200, "ETag: \"" + etag + "\"\r\n", "");
            case "POST" -> {
                if (request.query().containsKey("uploads")) {
                    send(out, 200, "", "<InitiateMultipartUploadResult><UploadId>upload" + uploads.incrementAndGet()
                            + "</UploadId></InitiateMultipartUploadResult>");
                } else if (request.query().containsKey("delete")) {
                    send(out, 200, "", "<DeleteResult/>");
                } else {
                    send(out, 200, "", "<CompleteMultipartUploadResult><ETag>&quot;sunk-1&quot;</ETag></CompleteMultipartUploadResult>");
                }
            }
            default -> out.write("HTTP/1.1 204 Done\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void send(OutputStream out, int status, String headers, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write(("HTTP/1.1 " + status + " Reason\r\nContent-Type: application/xml\r\n" + headers + "Content-Length: " + bytes.length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
    }

    private static String key(long number) {
        return "dir%04d/file%06d.dat".formatted(number / EACH, number);
    }

    /// The first object behind a key: numbers stand at fixed places.
    private static long behind(String key, long count) {
        long low = 0;
        long high = count;
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (key(middle).compareTo(key) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static String listing(Request request) {
        String bucket = request.path().substring(1).replace("/", "");
        boolean holds = bucket.startsWith("objects-") || bucket.startsWith("twins-");
        long count = holds ? Long.parseLong(bucket.substring(bucket.indexOf('-') + 1)) : 0;
        Map<String, String> query = request.query();
        String prefix = query.getOrDefault("prefix", "");
        String after = query.getOrDefault("continuation-token", query.getOrDefault("start-after", query.getOrDefault("marker", "")));
        int most = Integer.parseInt(query.getOrDefault("max-keys", "1000"));
        boolean parted = query.getOrDefault("delimiter", "").equals("/");
        var items = new StringBuilder(most * 200);
        var commons = new StringBuilder();
        long at = Math.max(behind(after, count), prefix.isEmpty() ? 0 : behind(prefix.substring(0, prefix.length() - 1), count));
        String last = "";
        int given = 0;
        while (at < count && given < most && key(at).startsWith(prefix)) {
            String key = key(at);
            int slash = parted ? key.indexOf('/', prefix.length()) : -1;
            if (slash > 0) {
                String common = key.substring(0, slash + 1);
                commons.append("<CommonPrefixes><Prefix>").append(common).append("</Prefix></CommonPrefixes>");
                last = common + "~";
                at = behind(last, count);
            } else {
                items.append("<Contents><Key>").append(key).append("</Key><LastModified>").append(MODIFIED)
                        .append("</LastModified><ETag>&quot;").append("%032x".formatted(at)).append("&quot;</ETag><Size>1000</Size><StorageClass>STANDARD</StorageClass></Contents>");
                last = key;
                at++;
            }
            given++;
        }
        boolean more = at < count && key(at).startsWith(prefix);
        var all = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><Name>").append(bucket).append("</Name><Prefix>")
                .append(prefix).append("</Prefix><IsTruncated>").append(more).append("</IsTruncated><KeyCount>").append(given).append("</KeyCount>");
        if (more) {
            all.append("<NextContinuationToken>").append(last).append("</NextContinuationToken><NextMarker>").append(last).append("</NextMarker>");
        }
        return all.append(items).append(commons).append("</ListBucketResult>").toString();
    }

    private static String line(InputStream in) throws IOException {
        var text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return "";
            }
            text.append((char) c);
        }
        int end = text.length();
        return end > 0 && text.charAt(end - 1) == '\r' ? text.substring(0, end - 1) : text.toString();
    }
}
