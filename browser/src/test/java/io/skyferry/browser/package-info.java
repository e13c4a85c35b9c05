/// Walks through the pages with a real browser, against a real service.
@NullMarked
package io.skyferry.browser;

import org.jspecify.annotations.NullMarked;
