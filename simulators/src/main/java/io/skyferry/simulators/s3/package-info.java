/// A server that answers as Amazon S3 does: strict, in memory, with trouble on demand.
///
/// Written from the Amazon S3 API Reference (2006-03-01), not from any client: it checks signatures, checksums and
/// conditions, counts what it is asked, and remembers what it was asked wrongly.
@NullMarked
package io.skyferry.simulators.s3;

import org.jspecify.annotations.NullMarked;
