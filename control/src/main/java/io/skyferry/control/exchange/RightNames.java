package io.skyferry.control.exchange;

import io.skyferry.control.credential.CredentialName;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Makes names of accounts that can be names here, each different from all others.
final class RightNames {
    private static final int MOST_LETTERS = 96;

    private final Collection<String> kinds;
    private final Set<String> given = new HashSet<>();

    RightNames(Collection<String> kinds) {
        this.kinds = kinds;
    }

    /// The name itself where it can be; else one that is like it. The same names in the same order
    /// become the same.
    String of(String wanted) {
        String name = wanted.strip().replaceAll("[^\\p{L}\\p{N}_.+@ -]", "_");
        if (!name.matches(CredentialName.PATTERN)) {
            name = "_" + name;
        }
        if (name.length() > MOST_LETTERS) {
            name = name.substring(0, MOST_LETTERS).strip();
        }
        if (name.length() == 1 || CredentialName.isTaken(name, kinds)) {
            name += "_";
        }
        String free = name;
        for (int i = 2; !given.add(free); i++) {
            free = name + "_" + i;
        }
        return free;
    }
}
