/// A simulated world: seeded histories of edits, faults, crashes and losses around one-way runs, and what must hold.
@NullMarked
package io.skyferry.engine.world;

import org.jspecify.annotations.NullMarked;
