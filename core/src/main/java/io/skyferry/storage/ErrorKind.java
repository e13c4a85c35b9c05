package io.skyferry.storage;

import static io.skyferry.storage.ErrorKind.Reach.ITEM;
import static io.skyferry.storage.ErrorKind.Reach.STORAGE;
import static io.skyferry.storage.ErrorKind.Retry.NEVER;
import static io.skyferry.storage.ErrorKind.Retry.WITH_BACKOFF;

/// What kind of trouble a storage had, whether trying again may help, and how far it reaches.
public enum ErrorKind {
    /// Nothing is there.
    NOT_FOUND(NEVER, ITEM),
    /// Something is there that must not be.
    ALREADY_EXISTS(NEVER, ITEM),
    /// A directory or something special stands where a file is wanted.
    NOT_A_FILE(NEVER, ITEM),
    /// A file stands where a directory is wanted.
    NOT_A_DIRECTORY(NEVER, ITEM),
    /// A directory that is to go still holds something.
    DIRECTORY_NOT_EMPTY(NEVER, ITEM),
    /// What is there is not what was seen.
    PRECONDITION_FAILED(NEVER, ITEM),
    /// The storage cannot hold such a name.
    NAME_REJECTED(NEVER, ITEM),
    /// The storage cannot hold so large a file.
    TOO_LARGE(NEVER, ITEM),
    /// The storage refuses this content.
    CONTENT_REJECTED(NEVER, ITEM),
    /// The content must be thawed before it can be read.
    ARCHIVED(NEVER, ITEM),
    /// The account may not do this.
    FORBIDDEN(NEVER, ITEM),
    /// The content that was to be stored failed, not the storage.
    SOURCE_FAILED(NEVER, ITEM),
    /// Bytes arrived that are not those that were sent.
    CORRUPT(WITH_BACKOFF, ITEM),
    /// Too many requests.
    RATE_LIMITED(WITH_BACKOFF, ITEM),
    /// The storage has passing trouble.
    UNAVAILABLE(WITH_BACKOFF, ITEM),
    /// No progress for too long.
    TIMEOUT(WITH_BACKOFF, ITEM),
    /// The storage cannot do this at all.
    UNSUPPORTED(NEVER, STORAGE),
    /// The account is not let in.
    UNAUTHENTICATED(NEVER, STORAGE),
    /// No space is left.
    QUOTA_EXCEEDED(NEVER, STORAGE),
    /// The settings are wrong.
    MISCONFIGURED(NEVER, STORAGE),
    /// Something that no table knows.
    UNEXPECTED(NEVER, ITEM);

    private final Retry retry;
    private final Reach reach;

    ErrorKind(Retry retry, Reach reach) {
        this.retry = retry;
        this.reach = reach;
    }

    /// Whether trying again may help.
    public Retry retry() {
        return retry;
    }

    /// How far the trouble reaches.
    public Reach reach() {
        return reach;
    }

    /// Whether trying again may help.
    public enum Retry {
        /// It will fail again.
        NEVER,
        /// It may work after a while.
        WITH_BACKOFF
    }

    /// How far trouble reaches.
    public enum Reach {
        /// The item alone: others go on.
        ITEM,
        /// The whole storage: the run stops.
        STORAGE
    }
}
