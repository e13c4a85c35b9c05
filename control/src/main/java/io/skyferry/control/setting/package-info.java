/// What is set for the whole product, kept in its database.
@NullMarked
package io.skyferry.control.setting;

import org.jspecify.annotations.NullMarked;
