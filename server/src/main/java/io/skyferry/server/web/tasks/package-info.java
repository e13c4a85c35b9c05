/// Pages about tasks: the list, the wizard and the form, what helps to fill them in, and plans of dry runs.
@NullMarked
package io.skyferry.server.web.tasks;

import org.jspecify.annotations.NullMarked;
