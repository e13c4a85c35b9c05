/// Who asks, whether they may, and what is answered when something went wrong: the same for programs and for pages.
@NullMarked
package io.skyferry.server.access;

import org.jspecify.annotations.NullMarked;
