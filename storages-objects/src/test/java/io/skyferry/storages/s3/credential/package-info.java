/// Tests of where keys come from.
@NullMarked
package io.skyferry.storages.s3.credential;

import org.jspecify.annotations.NullMarked;
