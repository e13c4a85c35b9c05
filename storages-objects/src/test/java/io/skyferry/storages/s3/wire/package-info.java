/// Tests of how replies are read.
@NullMarked
package io.skyferry.storages.s3.wire;

import org.jspecify.annotations.NullMarked;
