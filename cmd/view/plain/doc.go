// Package plain makes text fit to be read: harmless, whatever a shop put into it,
// measured in columns of a terminal, cut, wrapped and laid out as tables; the same for
// JSON and CSV. It knows figures, times and commands, but no report, and imports the
// words of connector and importer only. Begin with Line in text.go; tables begin in
// table.go.
package plain
