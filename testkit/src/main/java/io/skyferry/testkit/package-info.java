/// What tests are made of: a storage in memory, made-up storages of any size, faults by script, a clock
/// that is set by hand, seeded cases, and the contract that every storage and every layer keeps.
@NullMarked
package io.skyferry.testkit;

import org.jspecify.annotations.NullMarked;
