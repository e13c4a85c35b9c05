/// Legal names: what a place can hold as a name, and a reversible encoding of what it cannot.
@NullMarked
package io.skyferry.naming;

import org.jspecify.annotations.NullMarked;
