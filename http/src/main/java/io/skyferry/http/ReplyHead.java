package io.skyferry.http;

import java.util.Arrays;

/// The head of a reply, read strictly: whatever could be read in two ways is refused, because two readers on the way
/// that disagree about where a reply ends are how replies are smuggled.
///
/// Source: RFC 9112, sections 2 to 6.
final class ReplyHead {
    private static final int MAX_FIELDS = 256;
    private static final int MAX_LENGTH_DIGITS = 18;
    private static final int STATUS_AT = 9;
    private static final byte[] VERSION = {'H', 'T', 'T', 'P', '/', '1', '.'};

    private final byte[] head;
    private int at;
    private int[] fields = new int[16 * ScannedHeaders.STRIDE];
    private int used;
    private int status;
    private boolean isOld;
    private boolean wantsClose;
    private boolean isChunked;
    private long length = -1;

    private ReplyHead(byte[] head) {
        this.head = head;
    }

    /// Where the head ends that starts at an offset: behind its empty line.
    ///
    /// @param from where to go on looking: no line end before it is the last
    /// @return -1 if it does not end yet
    /// @throws MalformedReply if a line does not end as it must
    static int end(byte[] bytes, int start, int from, int end) throws MalformedReply {
        for (int i = Math.max(from, start); i < end; i++) {
            if (bytes[i] == '\n') {
                if (i == start || bytes[i - 1] != '\r') {
                    throw new MalformedReply("a line without '\\r'");
                }
                if (i - start >= 3 && bytes[i - 2] == '\n') {
                    return i + 1;
                }
            }
        }
        return -1;
    }

    /// Whether these may be the first bytes of a reply.
    static boolean mayStart(byte[] bytes, int start, int end) {
        int count = Math.min(VERSION.length, end - start);
        return Arrays.equals(bytes, start, start + count, VERSION, 0, count);
    }

    /// Reads a whole head.
    ///
    /// @param head its bytes, the empty line included
    static ReplyHead parse(byte[] head) throws MalformedReply {
        var parsed = new ReplyHead(head);
        parsed.statusLine();
        while (head[parsed.at] != '\r') {
            parsed.field();
        }
        if (parsed.at + 2 != head.length) {
            throw new MalformedReply("a stray '\\r'");
        }
        parsed.checkFraming();
        return parsed;
    }

    private void statusLine() throws MalformedReply {
        int end = lineEnd();
        if (end < STATUS_AT + 3
                || !mayStart(head, 0, end)
                || (head[7] != '0' && head[7] != '1')
                || head[8] != ' '
                || (end > STATUS_AT + 3 && head[STATUS_AT + 3] != ' ')) {
            throw new MalformedReply("no status line");
        }
        isOld = head[7] == '0';
        for (int i = STATUS_AT; i < STATUS_AT + 3; i++) {
            if (head[i] < '0' || head[i] > '9') {
                throw new MalformedReply("a status that is no number");
            }
            status = status * 10 + head[i] - '0';
        }
        if (status < 100 || status > 599) {
            throw new MalformedReply("the status " + status);
        }
        at = end + 2;
    }

    /// The end of the line that starts here; refuses control characters in it.
    private int lineEnd() throws MalformedReply {
        int i = at;
        byte letter = head[i];
        while (letter != '\r') {
            if ((letter < ' ' && letter >= 0 && letter != '\t') || letter == 0x7F) {
                throw new MalformedReply("a control character in its head");
            }
            i++;
            letter = head[i];
        }
        if (head[i + 1] != '\n') {
            throw new MalformedReply("a stray '\\r'");
        }
        return i;
    }

    private void field() throws MalformedReply {
        int nameStart = at;
        int colon = at;
        while (Tokens.isToken(head[colon])) {
            colon++;
        }
        if (colon == nameStart || head[colon] != ':') {
            throw new MalformedReply(
                    head[nameStart] == ' ' || head[nameStart] == '\t' ? "a folded header" : "a header without a name");
        }
        int end = lineEnd();
        int valueStart = colon + 1;
        while (valueStart < end && isBlank(head[valueStart])) {
            valueStart++;
        }
        int valueEnd = end;
        while (valueEnd > valueStart && isBlank(head[valueEnd - 1])) {
            valueEnd--;
        }
        keep(nameStart, colon, valueStart, valueEnd);
        note(nameStart, colon, valueStart, valueEnd);
        at = end + 2;
    }

    private static boolean isBlank(byte letter) {
        return letter == ' ' || letter == '\t';
    }

    private void keep(int nameStart, int nameEnd, int valueStart, int valueEnd) throws MalformedReply {
        if (used == MAX_FIELDS * ScannedHeaders.STRIDE) {
            throw new MalformedReply("over " + MAX_FIELDS + " headers");
        }
        if (used == fields.length) {
            fields = Arrays.copyOf(fields, used * 2);
        }
        fields[used] = nameStart;
        fields[used + 1] = nameEnd;
        fields[used + 2] = valueStart;
        fields[used + 3] = valueEnd;
        used += ScannedHeaders.STRIDE;
    }

    private void note(int nameStart, int nameEnd, int valueStart, int valueEnd) throws MalformedReply {
        switch (nameEnd - nameStart) {
            case 10 -> {
                if (ScannedHeaders.isSame(head, nameStart, "connection")) {
                    wantsClose |= hasClose(valueStart, valueEnd);
                }
            }
            case 14 -> {
                if (ScannedHeaders.isSame(head, nameStart, "content-length")) {
                    length(valueStart, valueEnd);
                }
            }
            case 17 -> {
                if (ScannedHeaders.isSame(head, nameStart, "transfer-encoding")) {
                    coding(valueStart, valueEnd);
                }
            }
            default -> {}
        }
    }

    private boolean hasClose(int start, int end) {
        for (int i = start; i + 5 <= end; i++) {
            if (ScannedHeaders.isSame(head, i, "close")) {
                return true;
            }
        }
        return false;
    }

    private void length(int start, int end) throws MalformedReply {
        if (start == end || end - start > MAX_LENGTH_DIGITS) {
            throw new MalformedReply("a length that is no number");
        }
        long value = 0;
        for (int i = start; i < end; i++) {
            if (head[i] < '0' || head[i] > '9') {
                throw new MalformedReply("a length that is no number");
            }
            value = value * 10 + head[i] - '0';
        }
        if (length >= 0 && length != value) {
            throw new MalformedReply("two lengths");
        }
        length = value;
    }

    private void coding(int start, int end) throws MalformedReply {
        if (isChunked || end - start != 7 || !ScannedHeaders.isSame(head, start, "chunked")) {
            throw new MalformedReply("a transfer coding that nobody asked for");
        }
        isChunked = true;
    }

    private void checkFraming() throws MalformedReply {
        if (isChunked && length >= 0) {
            throw new MalformedReply("both a length and chunks");
        }
        if (isChunked && isOld) {
            throw new MalformedReply("chunks in HTTP/1.0");
        }
    }

    int status() {
        return status;
    }

    boolean isInterim() {
        return status < 200;
    }

    /// The body's length; -1 if the head does not tell.
    long length() {
        return length;
    }

    boolean isChunked() {
        return isChunked;
    }

    /// Whether the connection ends after this reply.
    boolean endsConnection() {
        return wantsClose || isOld;
    }

    ScannedHeaders headers() {
        return new ScannedHeaders(head, Arrays.copyOf(fields, used));
    }
}
