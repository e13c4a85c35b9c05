/// What somebody should look at: alerts, raised and cleared by rules, and how they are delivered.
@NullMarked
package io.skyferry.control.alert;

import org.jspecify.annotations.NullMarked;
