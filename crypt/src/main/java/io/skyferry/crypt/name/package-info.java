/// Names: how they are encrypted or disguised, written as text, and read back.
@NullMarked
package io.skyferry.crypt.name;

import org.jspecify.annotations.NullMarked;
