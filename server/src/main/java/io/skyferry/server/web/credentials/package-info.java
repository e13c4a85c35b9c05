/// The pages of credentials: the accounts that tasks use, whether they work, and how they are made and mended.
@NullMarked
package io.skyferry.server.web.credentials;

import org.jspecify.annotations.NullMarked;
