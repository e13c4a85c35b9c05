/// The memory of a pair in one SQLite file.
///
/// A file belongs to two roots, whichever of them is called left. Whoever holds the lock beside it is alone with it;
/// one platform thread writes, another reads, and no other thread ever waits inside SQLite.
@NullMarked
package io.skyferry.memory;

import org.jspecify.annotations.NullMarked;
