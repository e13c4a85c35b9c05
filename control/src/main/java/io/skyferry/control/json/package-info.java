/// Writing and reading JSON, one object a line.
@NullMarked
package io.skyferry.control.json;

import org.jspecify.annotations.NullMarked;
