/// Who may do what: users, their passwords and API keys, sessions, and the first start's setup link.
@NullMarked
package io.skyferry.control.user;

import org.jspecify.annotations.NullMarked;
