/// The pages of settings: limits, notifications, users, API keys, moving in and out, and who changed what.
@NullMarked
package io.skyferry.server.web.settings;

import org.jspecify.annotations.NullMarked;
