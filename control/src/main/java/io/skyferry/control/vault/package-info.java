/// Secrets at rest: sealed under a key file, each bound to the place it is kept at.
@NullMarked
package io.skyferry.control.vault;

import org.jspecify.annotations.NullMarked;
