package io.skyferry.filter;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// The flags of a command that say which files it is about, as they were given.
///
/// @param flags in the order of the command line
/// @param ignoringCase whether patterns take `A` and `a` as one letter (`--ignore-case`)
public record FilterFlags(List<Given> flags, boolean ignoringCase) {
    /// No flag at all.
    public static final FilterFlags NONE = new FilterFlags(List.of(), false);

    /// A flag with its value.
    public record Given(FilterFlag flag, String value) {}

    /// Makes the list unchangeable.
    public FilterFlags {
        flags = List.copyOf(flags);
    }

    /// These flags and one more after them.
    public FilterFlags with(FilterFlag flag, String value) {
        return new FilterFlags(
                Stream.concat(flags.stream(), Stream.of(new Given(flag, value))).toList(), ignoringCase);
    }

    /// These flags with `--ignore-case`.
    public FilterFlags withCaseIgnored() {
        return new FilterFlags(flags, true);
    }

    /// Makes the filter that these flags mean.
    ///
    /// @param now from which ages count back; its zone is the one in which dates are meant
    /// @param texts gives the files that flags name
    /// @param random picks the part for `--hash-filter @/N`
    /// @throws io.skyferry.limits.SpecException naming the flag or line, the place and the reason
    public Filter build(ZonedDateTime now, TextSource texts, RandomGenerator random) {
        return new FilterReader(this, now, texts, random).read();
    }

    /// The values of a flag in the order in which they were given.
    List<String> all(FilterFlag flag) {
        return flags.stream()
                .filter(given -> given.flag() == flag)
                .map(Given::value)
                .toList();
    }

    /// The value that counts where a flag holds one.
    Optional<String> last(FilterFlag flag) {
        return all(flag).reversed().stream().findFirst();
    }

    boolean has(FilterFlag flag) {
        return !all(flag).isEmpty();
    }
}
