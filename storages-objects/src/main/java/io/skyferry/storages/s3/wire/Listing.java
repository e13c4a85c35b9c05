package io.skyferry.storages.s3.wire;

import io.skyferry.storage.RelPath;
import io.skyferry.storages.s3.sign.Percent;
import io.skyferry.storages.s3.sign.Percent.PlusSign;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One page of a listing as the server gives it, in version 2 or 1.
///
/// Source: ListObjectsV2 and ListObjects of the Amazon S3 API Reference.
///
/// @param commonPrefixes what is below them was left out; each ends in the delimiter
/// @param next what the next page is asked for with; empty: this was the last
public record Listing(List<Item> items, List<String> commonPrefixes, Optional<Next> next) {
    /// What the next page is asked for with.
    ///
    /// @param text the server's token, or a key
    /// @param by which of both; a server that knows version 1 alone names keys, whatever it was asked for
    public record Next(String text, By by) {}

    /// How pages go on.
    public enum By {
        /// Version 2.
        TOKEN,
        /// Version 1.
        MARKER
    }

    /// One object.
    ///
    /// @param size in bytes; -1 where none is given
    /// @param etag without quotes; empty where none is given
    public record Item(String key, long size, String etag) {}

    /// Reads a page.
    ///
    /// @throws Xml.BrokenException if it is none, or not all of it came
    public static Listing read(byte[] bytes, int length) {
        return new Reading(new Xml(bytes, length)).read();
    }

    private static final class Reading {
        private final Xml xml;
        private final List<Item> items = new ArrayList<>();
        private final List<String> prefixes = new ArrayList<>();
        private String marker = "";
        private String token = "";
        private boolean truncated;
        private boolean encoded;
        private boolean versionTwo;

        Reading(Xml xml) {
            this.xml = xml;
        }

        Listing read() {
            expectRoot();
            while (xml.next() == Xml.Event.START) {
                switch (xml.name()) {
                    case "Contents" -> items.add(item());
                    case "CommonPrefixes" -> prefix();
                    case "IsTruncated" -> truncated = xml.text().equals("true");
                    case "NextContinuationToken" -> token = xml.text();
                    case "NextMarker" -> marker = xml.text();
                    case "EncodingType" -> encoded = xml.text().equals("url");
                    case "KeyCount" -> versionTwo = !xml.text().isEmpty();
                    default -> xml.skip();
                }
            }
            return encoded ? decoded() : new Listing(items, prefixes, next(items, prefixes, marker));
        }

        private void expectRoot() {
            if (xml.next() != Xml.Event.START || !xml.name().equals("ListBucketResult")) {
                throw xml.other("a listing");
            }
        }

        private Item item() {
            String key = "";
            String etag = "";
            long size = -1;
            while (xml.next() == Xml.Event.START) {
                switch (xml.name()) {
                    case "Key" -> key = xml.text();
                    case "ETag" -> etag = xml.unquoted();
                    case "Size" -> size = xml.number();
                    default -> xml.skip();
                }
            }
            return new Item(key, size, etag);
        }

        private void prefix() {
            while (xml.next() == Xml.Event.START) {
                String text = xml.text();
                if (xml.name().equals("Prefix")) {
                    prefixes.add(text);
                }
            }
        }

        private Listing decoded() {
            items.replaceAll(Reading::plain);
            prefixes.replaceAll(Reading::plain);
            return new Listing(items, prefixes, next(items, prefixes, plain(marker)));
        }

        private static Item plain(Item item) {
            String key = plain(item.key());
            return key.equals(item.key()) ? item : new Item(key, item.size(), item.etag());
        }

        private static String plain(String text) {
            try {
                return Percent.decode(text, PlusSign.IS_A_BLANK);
            } catch (IllegalArgumentException none) {
                throw new Xml.StrangeException(
                        "Want an encoded name, as the server says it is, but have '%s'".formatted(text), none);
            }
        }

        /// Version 1 leaves its marker out where no delimiter was asked for: the last key is meant.
        private Optional<Next> next(List<Item> all, List<String> allPrefixes, String nextMarker) {
            if (!truncated) {
                return Optional.empty();
            }
            if (!token.isEmpty()) {
                return Optional.of(new Next(token, By.TOKEN));
            }
            if (!nextMarker.isEmpty()) {
                return Optional.of(new Next(nextMarker, By.MARKER));
            }
            String last = all.isEmpty() ? "" : all.getLast().key();
            String lastPrefix = allPrefixes.isEmpty() ? "" : allPrefixes.getLast();
            String end = RelPath.compareTexts(last, lastPrefix) >= 0 ? last : lastPrefix;
            if (end.isEmpty() || versionTwo) {
                throw new Xml.StrangeException("Want a token for the next page but have none");
            }
            return Optional.of(new Next(end, By.MARKER));
        }
    }
}
