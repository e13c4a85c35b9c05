/// The format of an encrypted file: a header with a nonce, then sealed blocks; its sizes, and streams
/// either way.
@NullMarked
package io.skyferry.crypt.content;

import org.jspecify.annotations.NullMarked;
