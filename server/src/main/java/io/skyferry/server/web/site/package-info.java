/// Puts all pages before browsers: who visits, whether they may, and what is shown when something goes wrong.
@NullMarked
package io.skyferry.server.web.site;

import org.jspecify.annotations.NullMarked;
