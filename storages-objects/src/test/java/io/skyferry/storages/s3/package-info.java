/// Tests of buckets.
@NullMarked
package io.skyferry.storages.s3;

import org.jspecify.annotations.NullMarked;
