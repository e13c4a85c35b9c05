/// Buckets that speak S3: Amazon's own and its many relatives.
///
/// Source: Amazon S3 API Reference, 2006-03-01; what each relative does otherwise is data, [S3Family].
///
/// Quirks that shaped this package: listings tell no modification time, so that it is asked for only where it decides;
/// the ETag of a file that was not made of parts is its MD5, and tells whether all bytes arrived; a reply of 200 to a
/// copy or to the end of an upload may still turn out to be a failure; keys need not be paths.
@NullMarked
package io.skyferry.storages.s3;

import org.jspecify.annotations.NullMarked;
