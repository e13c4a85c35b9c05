/// The memory of a pair: for two roots that are kept in step, what both sides last agreed on.
///
/// For one-way runs it is a cache of truth: losing it means one slower, careful run and never a wrong delete. For
/// two-way runs it is the base of the three-way merge.
@NullMarked
package io.skyferry.engine.pair;

import org.jspecify.annotations.NullMarked;
