/// Tests of the checksums.
@NullMarked
package io.skyferry.hash;

import org.jspecify.annotations.NullMarked;
