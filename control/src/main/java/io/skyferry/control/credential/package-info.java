/// Credentials: the saved settings of accounts, used by their name as a place, and verified on the live account.
@NullMarked
package io.skyferry.control.credential;

import org.jspecify.annotations.NullMarked;
