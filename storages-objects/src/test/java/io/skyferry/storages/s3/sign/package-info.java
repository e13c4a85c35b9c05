/// Tests of signatures.
@NullMarked
package io.skyferry.storages.s3.sign;

import org.jspecify.annotations.NullMarked;
