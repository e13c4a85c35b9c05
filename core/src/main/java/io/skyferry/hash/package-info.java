/// Checksums computed on the way: one small interface over our own XXH128 and the JDK's digests.
@NullMarked
package io.skyferry.hash;

import org.jspecify.annotations.NullMarked;
