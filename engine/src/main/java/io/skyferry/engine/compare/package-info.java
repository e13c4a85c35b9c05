/// From two sorted streams and the memory of the pair to pairs, and from a pair of files to a judgement.
@NullMarked
package io.skyferry.engine.compare;

import org.jspecify.annotations.NullMarked;
