package io.skyferry.storage;

/// The calls of a [Storage], one constant for each.
public enum Verb {
    /// [Storage#list].
    LIST(true),
    /// [Storage#stat].
    STAT(true),
    /// [Storage#read].
    READ(true),
    /// [Storage#write]: repeated only under a condition, or where the reply said that nothing happened.
    WRITE(true),
    /// [Storage#beginUpload]: a lost reply leaves an upload that nobody knows.
    BEGIN_UPLOAD(false),
    /// [Storage#promise].
    PROMISE(true),
    /// [Storage#putPart].
    PUT_PART(true),
    /// [Storage#listParts].
    LIST_PARTS(true),
    /// [Storage#finishUpload].
    FINISH_UPLOAD(true),
    /// [Storage#abandonUpload].
    ABANDON_UPLOAD(true),
    /// [Storage#listUploads].
    LIST_UPLOADS(true),
    /// [Storage#abandonPending].
    ABANDON_PENDING(true),
    /// [Storage#copy].
    COPY(true),
    /// [Storage#move].
    MOVE(true),
    /// [Storage#delete].
    DELETE(true),
    /// [Storage#deleteAll].
    DELETE_ALL(true),
    /// [Storage#makeDirectory].
    MAKE_DIRECTORY(true),
    /// [Storage#removeDirectory].
    REMOVE_DIRECTORY(true),
    /// [Storage#setModTime].
    SET_MOD_TIME(true),
    /// [Storage#versions].
    VERSIONS(true),
    /// [Storage#changes].
    CHANGES(true),
    /// [Storage#quota].
    QUOTA(true),
    /// [Storage#flush].
    FLUSH(true);

    private final boolean repeatable;

    Verb(boolean repeatable) {
        this.repeatable = repeatable;
    }

    /// May a call whose reply was lost be made again?
    public boolean isRepeatable() {
        return repeatable;
    }
}
