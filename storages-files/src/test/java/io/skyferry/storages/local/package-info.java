/// Tests of the local disk as a storage.
@NullMarked
package io.skyferry.storages.local;

import org.jspecify.annotations.NullMarked;
