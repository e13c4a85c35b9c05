/// What all pages are made of: who visits, what is answered, forms, tables, and how values are shown.
///
/// Pages are read without scripts; a small script adds what lives: dialogs, charts, and events of runs.
@NullMarked
package io.skyferry.server.web;

import org.jspecify.annotations.NullMarked;
