/// What the product can do for a user, as plain classes: they open storages, do the work and tell how it went.
@NullMarked
package io.skyferry.control.run;

import org.jspecify.annotations.NullMarked;
