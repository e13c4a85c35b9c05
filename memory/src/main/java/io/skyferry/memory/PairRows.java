package io.skyferry.memory;

import io.skyferry.engine.pair.Roots;
import io.skyferry.engine.pair.Skip;
import io.skyferry.engine.pair.Unfinished;
import io.skyferry.storage.Part;
import io.skyferry.storage.PartRules;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Upload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How the rows of the small tables are packed.
final class PairRows {
    private PairRows() {}

    static byte[] pack(byte[] key, Roots roots) {
        return new RowWriter()
                .text(roots.leftVolume())
                .text(roots.rightVolume())
                .text(roots.boot())
                .sealed(key);
    }

    static Roots unpackRoots(byte[] key, byte[] row) {
        return RowReader.read(key, row, in -> new Roots(in.text(), in.text(), in.text()));
    }

    /// Packs an upload without its promises and parts.
    static byte[] pack(byte[] key, Unfinished unfinished) {
        Upload upload = unfinished.upload();
        return new RowWriter()
                .text(upload.file().text())
                .text(upload.token())
                .number(upload.rules().totalBytes())
                .number(upload.rules().partBytes())
                .text(unfinished.fingerprint())
                .sealed(key);
    }

    static Unfinished unpackUnfinished(Place place, byte[] row, Map<Integer, String> promises, List<Part> parts) {
        return RowReader.read(place.key(), row, in -> {
            var upload = new Upload(new RelPath(in.text()), in.text(), new PartRules(in.number(), in.number()));
            return new Unfinished(place.side(), place.path(), upload, in.text(), promises, parts);
        });
    }

    static byte[] pack(byte[] key, Part part) {
        return new RowWriter().number(part.size()).text(part.tag()).sealed(key);
    }

    static Part unpackPart(byte[] key, int number, byte[] row) {
        return RowReader.read(key, row, in -> new Part(number, in.number(), in.text()));
    }

    static byte[] pack(byte[] key, Skip skip) {
        return new RowWriter().text(skip.reason()).text(skip.tag()).sealed(key);
    }

    static Skip unpackSkip(Place place, byte[] row) {
        return RowReader.read(place.key(), row, in -> new Skip(place.side(), place.path(), in.text(), in.text()));
    }

    static byte[] pack(byte[] key, List<String> texts) {
        var out = new RowWriter().count(texts.size());
        texts.forEach(out::text);
        return out.sealed(key);
    }

    static List<String> unpackTexts(byte[] key, byte[] row) {
        return RowReader.read(key, row, in -> {
            var texts = new ArrayList<String>();
            for (int left = in.small(); left > 0; left--) {
                texts.add(in.text());
            }
            return List.copyOf(texts);
        });
    }

    static byte[] pack(byte[] key, String text) {
        return new RowWriter().text(text).sealed(key);
    }

    static String unpackText(byte[] key, byte[] row) {
        return RowReader.read(key, row, RowReader::text);
    }
}
