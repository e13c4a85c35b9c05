package io.skyferry.limits;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads the numbers that stand before a unit: `1`, `1.5`, `.5`, `5.`, `1e3`.
final class Decimal {
    // Bounded, so that no number can cost more than a moment to read.
    private static final Pattern NUMBER =
            Pattern.compile("[+-]?(?:[0-9]{1,30}(?:\\.[0-9]{0,30})?|\\.[0-9]{1,30})(?:[eE][+-]?[0-9]{1,3})?");

    private Decimal() {}

    static Optional<BigDecimal> read(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /// The number times the unit without its fraction; empty when it does not fit.
    static Optional<Long> times(BigDecimal number, long unit) {
        BigInteger product = number.multiply(BigDecimal.valueOf(unit))
                .setScale(0, RoundingMode.DOWN)
                .toBigInteger();
        return product.bitLength() < Long.SIZE ? Optional.of(product.longValue()) : Optional.empty();
    }
}
