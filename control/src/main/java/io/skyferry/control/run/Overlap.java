package io.skyferry.control.run;

import io.skyferry.engine.options.Mode;
import io.skyferry.filter.Selection;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.StorageIdentity;
import java.util.Optional;

/// Places that lie in each other: copying into oneself never ends, and syncing over oneself deletes what it reads.
final class Overlap {
    private Overlap() {}

    /// Refuses source and target that must not go together.
    ///
    /// @throws RefusedException saying which lies in which
    static void refuse(Mode mode, StorageIdentity source, StorageIdentity target, Selection selection) {
        Optional<RelPath> targetInSource = below(source, target);
        Optional<RelPath> sourceInTarget = below(target, source);
        if (targetInSource.isPresent() && sourceInTarget.isPresent()) {
            throw new RefusedException(
                    "Want two places but have '%s' as source and as target".formatted(source.root()));
        }
        if (targetInSource.isPresent() && meets(source, targetInSource.orElseThrow(), selection)) {
            throw new RefusedException("Want a target outside the source but have '%s' in '%s'.%s"
                    .formatted(target.root(), source.root(), wayOut(source, targetInSource.orElseThrow())));
        }
        if (mode != Mode.COPY && sourceInTarget.isPresent() && meets(target, sourceInTarget.orElseThrow(), selection)) {
            throw new RefusedException("Want a source outside the target but have '%s' in '%s'.%s"
                    .formatted(source.root(), target.root(), wayOut(target, sourceInTarget.orElseThrow())));
        }
    }

    /// Whether a run comes across the inner place. Filters speak of plain names: under encryption they cannot leave out
    /// what lies there by its stored one.
    private static boolean meets(StorageIdentity outer, RelPath inner, Selection selection) {
        return isEncrypted(outer) || selection.mayHold(inner);
    }

    private static String wayOut(StorageIdentity outer, RelPath inner) {
        return isEncrypted(outer)
                ? ""
                : " It may lie there if a filter leaves it out: --exclude '/%s/**'".formatted(inner);
    }

    private static boolean isEncrypted(StorageIdentity place) {
        return !place.key().isEmpty();
    }

    /// Where the inner place lies in the outer one, whatever keys open them; empty: it does not.
    static Optional<RelPath> below(StorageIdentity outer, StorageIdentity inner) {
        boolean elsewhere =
                !outer.provider().equals(inner.provider()) || !outer.account().equals(inner.account());
        if (elsewhere) {
            return Optional.empty();
        }
        if (outer.root().equals(inner.root())) {
            return Optional.of(RelPath.ROOT);
        }
        String prefix = outer.root().endsWith("/") ? outer.root() : outer.root() + "/";
        return inner.root().startsWith(prefix)
                ? Optional.of(new RelPath(inner.root().substring(prefix.length())))
                : Optional.empty();
    }
}
