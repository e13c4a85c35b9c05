/// The product's database: one SQLite file with what users set up, its schema brought up to date step by step.
@NullMarked
package io.skyferry.control.store;

import org.jspecify.annotations.NullMarked;
