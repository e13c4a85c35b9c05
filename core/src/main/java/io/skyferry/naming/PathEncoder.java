package io.skyferry.naming;

import io.skyferry.storage.RelPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Encodes paths name by name.
final class PathEncoder {
    private final NamePolicy policy;
    private final NameEncoder encoder;

    PathEncoder(NamePolicy policy) {
        this.policy = policy;
        this.encoder = new NameEncoder(policy);
    }

    /// A stored path in plain names, as far as its names can be decoded.
    ///
    /// @param known the nearest directory that has a plain name, or the whole path
    /// @param rest what of the stored path has none; empty: all of it has one
    record Decoded(RelPath known, String rest) {
        boolean isWhole() {
            return rest.isEmpty();
        }
    }

    RelPath encode(RelPath path) {
        return map(path, encoder::encode);
    }

    /// Why a plain path cannot be stored even when it is encoded; empty: it can.
    Optional<String> faultOf(RelPath encoded) {
        for (String name :
                encoded.isRoot() ? List.<String>of() : List.of(encoded.text().split("/", -1))) {
            Optional<String> fault = policy.faultOf(name);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return Optional.empty();
    }

    Decoded decode(RelPath stored) {
        List<String> known = new ArrayList<>();
        String text = stored.text();
        int start = 0;
        while (start < text.length()) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            Optional<String> name = encoder.decode(text.substring(start, end)).filter(PathEncoder::canBeNamed);
            if (name.isEmpty()) {
                return new Decoded(new RelPath(String.join("/", known)), text.substring(start));
            }
            known.add(name.orElseThrow());
            start = end + 1;
        }
        return new Decoded(known.isEmpty() ? RelPath.ROOT : new RelPath(String.join("/", known)), "");
    }

    private static boolean canBeNamed(String name) {
        return RelPath.faultOf(name).isEmpty() && name.indexOf('/') < 0;
    }

    /// The path for messages: names that cannot be decoded stay as they are stored.
    RelPath forMessages(RelPath stored) {
        return map(
                stored,
                name -> encoder.decode(name).filter(PathEncoder::canBeNamed).orElse(name));
    }

    private static RelPath map(RelPath path, UnaryOperator<String> names) {
        String text = path.text();
        if (text.indexOf('/') < 0) {
            return path.isRoot() ? path : changed(path, names.apply(text));
        }
        var out = new StringBuilder(text.length() + 8);
        int start = 0;
        while (start <= text.length()) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            out.append(start == 0 ? "" : "/").append(names.apply(text.substring(start, end)));
            start = end + 1;
        }
        return changed(path, out.toString());
    }

    private static RelPath changed(RelPath path, String text) {
        return text.equals(path.text()) ? path : new RelPath(text);
    }
}
