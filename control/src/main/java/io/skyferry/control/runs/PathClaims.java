package io.skyferry.control.runs;

/// The two places that a run works on, and whether it writes to them.
///
/// Two runs can go on at a time unless one writes to a place that is, holds, or lies in a place of the other. A
/// place is what holds the bytes: two credentials for the same bucket are one place.
///
/// @param local as `provider`, account and root, parted by line ends
/// @param remote the same
record PathClaims(String local, boolean writesLocal, String remote, boolean writesRemote) {
    boolean conflictsWith(PathClaims other) {
        return conflict(local, writesLocal, other.local, other.writesLocal)
                || conflict(local, writesLocal, other.remote, other.writesRemote)
                || conflict(remote, writesRemote, other.local, other.writesLocal)
                || conflict(remote, writesRemote, other.remote, other.writesRemote);
    }

    private static boolean conflict(String one, boolean writesOne, String other, boolean writesOther) {
        return (writesOne || writesOther) && overlap(one, other);
    }

    private static boolean overlap(String one, String other) {
        String a = one.endsWith("/") ? one : one + "/";
        String b = other.endsWith("/") ? other : other + "/";
        return a.startsWith(b) || b.startsWith(a);
    }
}
