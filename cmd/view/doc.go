// Package view is everything that eshopctl prints: tables and cards for people,
// JSON for programs, progress. What comes from a shop is hostile text and is
// made harmless here, once, on its way out; it is stored as it came. The package
// decides how things look and never what they mean.
package view
