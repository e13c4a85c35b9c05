/// The product as its users start it: real processes on real folders.
@NullMarked
package io.skyferry.app;

import org.jspecify.annotations.NullMarked;
