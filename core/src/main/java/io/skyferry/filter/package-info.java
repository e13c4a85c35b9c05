/// Which files a run is about: include and exclude rules, sizes, ages. Pure: a verdict depends on the file alone.
@NullMarked
package io.skyferry.filter;

import org.jspecify.annotations.NullMarked;
