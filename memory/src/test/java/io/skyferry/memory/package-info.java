/// The memory of a pair in one SQLite file, on disks that are full, damaged and taken away.
@NullMarked
package io.skyferry.memory;

import org.jspecify.annotations.NullMarked;
