/// What S3 answers with: its XML, read byte by byte, as records.
@NullMarked
package io.skyferry.storages.s3.wire;

import org.jspecify.annotations.NullMarked;
