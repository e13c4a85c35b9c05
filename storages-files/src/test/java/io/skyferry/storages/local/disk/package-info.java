/// Tests of the ways to reach a disk.
@NullMarked
package io.skyferry.storages.local.disk;

import org.jspecify.annotations.NullMarked;
