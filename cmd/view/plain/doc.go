// Package plain makes text fit to read: harmless whatever a shop put into it, measured in
// columns of a terminal, cut, wrapped, and laid out as tables, JSON or CSV. It formats
// figures, times and commands, and knows no report.
//
// It may import importer and connector, for their words. Begin with Line in text.go; tables
// begin in table.go.
package plain
