package io.skyferry.storages.local;

/// A file was published in a directory that no longer stands at its path.
final class MovedAway extends Exception {
    private static final long serialVersionUID = 1;

    MovedAway() {
        super("The directory was moved");
    }
}
