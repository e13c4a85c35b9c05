package io.skyferry.crypt;

import io.skyferry.crypt.synology.CloudSyncSecret;
import io.skyferry.crypt.synology.CloudSyncStream;
import io.skyferry.crypt.synology.WrongSecretException;
import io.skyferry.storage.Body;
import io.skyferry.storage.ByteRange;
import io.skyferry.storage.Entry;
import io.skyferry.storage.ErrorKind;
import io.skyferry.storage.ListPage;
import io.skyferry.storage.ListRequest;
import io.skyferry.storage.RelPath;
import io.skyferry.storage.Storage;
import io.skyferry.storage.StorageException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/// Finds out whether a secret opens anything in a folder of Cloud Sync, by the first files that are there.
final class CloudSyncProof {
    /// Files that are tried before the secret is held for a wrong one: a few may be strange or damaged.
    private static final int MOST_TRIED = 8;

    private final Storage below;
    private final CloudSyncSecret secret;
    private final Predicate<RelPath> isEncrypted;
    private Optional<WrongSecretException> wrong = Optional.empty();
    private boolean opened;
    private int tried;

    /// @param isEncrypted whether a file, or what lies in a directory, is encrypted by Cloud Sync
    CloudSyncProof(Storage below, CloudSyncSecret secret, Predicate<RelPath> isEncrypted) {
        this.below = below;
        this.secret = secret;
        this.isEncrypted = isEncrypted;
    }

    /// What the files say against the secret; empty: one of them opened, or there is none that could say anything.
    Optional<WrongSecretException> wrong() {
        Deque<RelPath> ahead = new ArrayDeque<>();
        ahead.add(RelPath.ROOT);
        while (!ahead.isEmpty() && goesOn()) {
            RelPath directory = ahead.remove();
            Optional<ListRequest> request =
                    Optional.of(isTree() ? ListRequest.tree(directory) : ListRequest.children(directory));
            while (request.isPresent() && goesOn()) {
                Optional<ListPage> page = page(request.orElseThrow());
                page.ifPresent(listed -> listed.entries().forEach(entry -> look(entry, ahead)));
                request = page.flatMap(ListPage::next).map(request.orElseThrow()::goOnAfter);
            }
        }
        return opened ? Optional.empty() : wrong;
    }

    private boolean isTree() {
        return below.capabilities().listing().recursive();
    }

    private boolean goesOn() {
        return !opened && tried < MOST_TRIED;
    }

    private Optional<ListPage> page(ListRequest request) {
        try {
            return Optional.of(below.list(request));
        } catch (StorageException failure) {
            if (failure.kind() == ErrorKind.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    private void look(Entry entry, Deque<RelPath> ahead) {
        if (!goesOn() || !isEncrypted.test(entry.path())) {
            return;
        }
        if (entry instanceof Entry.File file) {
            tryFile(file);
        } else if (entry instanceof Entry.Directory directory && !isTree()) {
            ahead.add(directory.path());
        }
    }

    private void tryFile(Entry.File file) {
        tried++;
        try (Body body = below.read(file, ByteRange.ALL);
                var content = new CloudSyncStream(body.stream(), secret)) {
            opened = content.available() >= 0;
        } catch (WrongSecretException refused) {
            wrong = Optional.of(refused);
        } catch (IOException damaged) {
            passOver(StorageException.inStream(damaged));
        } catch (StorageException failure) {
            passOver(failure);
        }
    }

    /// Trouble with one file says nothing of the secret: whoever reads it is told.
    private static void passOver(StorageException failure) {
        if (failure.kind().reach() == ErrorKind.Reach.STORAGE) {
            throw failure;
        }
    }
}
