/// Deciding: from pairs of entries to steps. Pure: nothing here touches a storage, a clock or a disk.
@NullMarked
package io.skyferry.engine.plan;

import org.jspecify.annotations.NullMarked;
