package io.skyferry.engine.world;

/// Something happened that must never happen. An error, so that no handler of failures in between sees it.
final class Violation extends AssertionError {
    private static final long serialVersionUID = 1;

    Violation(String what) {
        super(what);
    }
}
