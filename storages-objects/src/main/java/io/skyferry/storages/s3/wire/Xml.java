package io.skyferry.storages.s3.wire;

import io.skyferry.storage.RelPath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads the XML of a reply byte by byte: elements and their text, no attributes, no entities of its own making.
///
/// Servers escape what they like and put name spaces where they like; some write control characters as they are.
/// All of that is read. What is cut off is refused: half a listing must not look like a whole one.
public final class Xml {
    private static final String QUOTE = "&quot;";
    /// So many fit into a `long`, whichever they are.
    private static final int MAX_DIGITS = 18;

    private final byte[] bytes;
    private final int end;
    private final XmlNames names = new XmlNames();
    private int at;
    private int depth;
    private boolean emptyElement;
    private int nameFrom;
    private int nameTo;
    private int nameHash;

    /// Text that does not stand in the reply as it is.
    private byte[] text = new byte[64];
    private int textLength;

    /// What comes next.
    public enum Event {
        /// An element begins.
        START,
        /// An element ends.
        END,
        /// Nothing more.
        DONE
    }

    /// Of the first bytes of an array.
    public Xml(byte[] bytes, int length) {
        this.bytes = bytes;
        this.end = length;
    }

    /// The text was not what was asked for.
    public abstract static sealed class BrokenException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private BrokenException(String message) {
            super(message);
        }
    }

    /// The text was no XML, or not all of it came.
    public static final class CutException extends BrokenException {
        private static final long serialVersionUID = 1;

        CutException(String message) {
            super(message);
        }
    }

    /// The text was XML, but not what was asked for: asked again, the server would say the same.
    public static final class StrangeException extends BrokenException {
        private static final long serialVersionUID = 1;

        StrangeException(String message) {
            super(message);
        }

        StrangeException(String message, Throwable cause) {
            super(message);
            initCause(cause);
        }
    }

    /// Goes to the next element's begin or end; text in between is passed over.
    public Event next() {
        if (emptyElement) {
            emptyElement = false;
            depth--;
            return Event.END;
        }
        while (true) {
            byte[] all = bytes;
            int place = at;
            int stop = end;
            while (place < stop && all[place] != '<') {
                place++;
            }
            at = place;
            if (place >= stop) {
                if (depth > 0) {
                    throw broken("its end is missing");
                }
                return Event.DONE;
            }
            if (!skipsNoElement()) {
                return element();
            }
        }
    }

    private boolean skipsNoElement() {
        if (at + 1 < end && bytes[at + 1] != '?' && bytes[at + 1] != '!') {
            return false;
        }
        if (starts("<?")) {
            at = behind("?>");
            return true;
        }
        if (starts("<!--")) {
            at = behind("-->");
            return true;
        }
        if (starts("<![CDATA[")) {
            at = behind("]]>");
            return true;
        }
        if (starts("<!")) {
            // A type declaration could define entities: none of the replies has one.
            throw broken("it holds a declaration");
        }
        return false;
    }

    // Reading is most of what a long listing costs: fields are held in variables where many bytes are looked at.
    private Event element() {
        byte[] all = bytes;
        int stop = end;
        int place = at + 1;
        boolean ends = place < stop && all[place] == '/';
        if (ends) {
            place++;
        }
        int start = place;
        int hash = 0;
        while (place < stop && all[place] > ' ' && all[place] != '>' && all[place] != '/') {
            byte c = all[place];
            place++;
            if (c == ':') {
                start = place;
                hash = 0;
            } else {
                hash = XmlNames.hash(hash, c);
            }
        }
        nameFrom = start;
        nameTo = place;
        nameHash = hash;
        at = place < stop && all[place] == '>' ? place : endOfTag(place);
        emptyElement = !ends && all[at - 1] == '/';
        at++;
        depth += ends ? -1 : 1;
        if (depth < 0) {
            throw broken("an element ends that did not begin");
        }
        return ends ? Event.END : Event.START;
    }

    /// Where a tag ends that may have attributes, whose values may hold what ends tags.
    private int endOfTag(int from) {
        int place = from;
        byte quote = 0;
        while (place < end && (bytes[place] != '>' || quote != 0)) {
            byte c = bytes[place];
            if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
            place++;
        }
        if (place >= end) {
            throw broken("its end is missing");
        }
        return place;
    }

    /// The name of the element that begins or ends, without its name space.
    public String name() {
        return names.of(bytes, nameFrom, nameTo, nameHash);
    }

    /// How many elements are open.
    public int depth() {
        return depth;
    }

    /// The text of the element that just began, up to its end; elements in it are passed over.
    public String text() {
        if (emptyElement) {
            next();
            return "";
        }
        int start = at;
        int stop = plainEnd();
        at = stop;
        if (endsAt(stop)) {
            passEnd();
            return RelPath.textOf(bytes, start, stop - start);
        }
        textLength = 0;
        add(start, stop);
        return mixedText();
    }

    /// The text of the element that just began without the quotes around it, as of a tag.
    public String unquoted() {
        int opened = emptyElement ? 0 : quoteAt(at);
        byte[] all = bytes;
        int start = at + opened;
        int stop = start;
        while (stop < end && all[stop] != '<' && all[stop] != '&' && all[stop] != '"') {
            stop++;
        }
        int closed = quoteAt(stop);
        if (opened == 0 || closed == 0 || !endsAt(stop + closed)) {
            return Etags.bare(text());
        }
        at = stop + closed;
        passEnd();
        return RelPath.textOf(bytes, start, stop - start);
    }

    /// How many bytes of a quote stand here.
    private int quoteAt(int place) {
        if (place < end && bytes[place] == '"') {
            return 1;
        }
        return isAt(place, QUOTE) ? QUOTE.length() : 0;
    }

    private boolean endsAt(int place) {
        return place + 1 < end && bytes[place] == '<' && bytes[place + 1] == '/';
    }

    /// Passes over the end of the element that began last, whose name stays that which is asked for.
    private void passEnd() {
        byte[] all = bytes;
        int place = at;
        while (place < end && all[place] != '>') {
            place++;
        }
        if (place >= end) {
            throw broken("its end is missing");
        }
        at = place + 1;
        depth--;
    }

    /// Passes over the element that just began and all that is in it.
    public void skip() {
        int inside = depth;
        while (depth >= inside) {
            next();
        }
    }

    /// The whole number that the text of the element which just began is.
    ///
    /// @throws StrangeException if it is none
    public long number() {
        byte[] all = bytes;
        int place = at;
        long number = 0;
        while (place < end && all[place] >= '0' && all[place] <= '9' && place - at < MAX_DIGITS) {
            number = number * 10 + (all[place] - '0');
            place++;
        }
        if (emptyElement || place == at || !endsAt(place)) {
            return number(text());
        }
        at = place;
        passEnd();
        return number;
    }

    private long number(String written) {
        try {
            return Long.parseLong(written.strip());
        } catch (NumberFormatException none) {
            throw new StrangeException("Want a number as '%s' but have '%s'".formatted(name(), written), none);
        }
    }

    /// Where the text that stands as it is ends.
    private int plainEnd() {
        byte[] all = bytes;
        int place = at;
        while (place < end && all[place] != '<' && all[place] != '&') {
            place++;
        }
        return place;
    }

    private void add(int from, int to) {
        add(bytes, from, to - from);
    }

    private void add(byte[] more, int from, int length) {
        if (length > text.length - textLength) {
            text = Arrays.copyOf(text, Math.max(2 * text.length, textLength + length));
        }
        System.arraycopy(more, from, text, textLength, length);
        textLength += length;
    }

    private String mixedText() {
        int inside = depth;
        while (true) {
            if (at >= end) {
                throw broken("its end is missing");
            }
            if (bytes[at] == '&') {
                entity();
            } else if (bytes[at] != '<') {
                int from = at;
                at = plainEnd();
                add(from, at);
            } else if (starts("<![CDATA[")) {
                int from = at + 9;
                at = behind("]]>");
                add(from, at - 3);
            } else if (!skipsNoElement()) {
                element();
                if (emptyElement) {
                    next();
                }
                if (depth < inside) {
                    return RelPath.textOf(text, 0, textLength);
                }
            }
        }
    }

    private void entity() {
        int stop = at;
        while (stop < end && bytes[stop] != ';' && stop - at < 12) {
            stop++;
        }
        if (stop >= end || bytes[stop] != ';') {
            throw broken("an entity has no end");
        }
        String entity = new String(bytes, at + 1, stop - at - 1, StandardCharsets.ISO_8859_1);
        at = stop + 1;
        byte[] encoded = Entities.meant(entity).getBytes(StandardCharsets.UTF_8);
        add(encoded, 0, encoded.length);
    }

    private boolean starts(String text) {
        return isAt(at, text);
    }

    private boolean isAt(int place, String text) {
        if (end - place < text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[place + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int behind(String text) {
        int from = at;
        while (at < end) {
            if (starts(text)) {
                int found = at + text.length();
                at = from;
                return found;
            }
            at++;
        }
        throw broken("'%s' is missing".formatted(text));
    }

    /// Another element stands where one was wanted. A page of a proxy, which is no more than in the way, may be
    /// gone when asked again.
    BrokenException other(String wanted) {
        String message = "Want %s but have '%s'".formatted(wanted, name());
        return name().equalsIgnoreCase("html") ? new CutException(message) : new StrangeException(message);
    }

    static BrokenException broken(String why) {
        return new CutException("Want a whole XML reply but %s".formatted(why));
    }
}
