package schema

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// parts are what a file consists of, by name.
type parts map[string]part

// part is a table, a view or a trigger.
type part struct{ kind, of, sql string }

// partsOf returns what a file of that version consists of.
func (s Schema) partsOf(ctx context.Context, version int) (parts, error) {
	if version == s.Newest() {
		return parseParts(s.Built), nil
	}
	return s.makeParts(ctx, version)
}

func (s Schema) makeParts(ctx context.Context, version int) (parts, error) {
	fresh, err := s.buildAnew(ctx, version)
	if err != nil {
		return nil, err
	}
	defer fresh.Close()
	made, _, err := readParts(ctx, fresh)
	return made, err
}

// BuildText returns the schema after all steps: one statement after the other, each after
// its kind, its name and the table that it belongs to. It is Schema.Built.
func (s Schema) BuildText(ctx context.Context) (built string, err error) {
	made, err := s.makeParts(ctx, s.Newest())
	return made.String(), err
}

// schemaHead begins each part of Schema.Built.
const schemaHead = "-- "

func parseParts(text string) parts {
	all := parts{}
	for described := range strings.SplitSeq(text, "\n"+schemaHead) {
		head, statement, _ := strings.Cut(strings.TrimPrefix(described, schemaHead), "\n")
		if words := strings.Fields(head); len(words) == 3 {
			all[words[1]] = part{kind: words[0], of: words[2], sql: strings.TrimSuffix(collapseSpaces(statement), ";")}
		}
	}
	return all
}

// String returns the form of Schema.Built.
func (all parts) String() string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(all)) {
		fmt.Fprintf(&text, "%s%s %s %s\n%s;\n", schemaHead, all[name].kind, name, all[name].of, all[name].sql)
	}
	return text.String()
}

// readParts reads what a file consists of, without reading any table.
func readParts(ctx context.Context, in *sql.DB) (found parts, version int, err error) {
	found = parts{}
	if err := in.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version); err != nil {
		return nil, 0, err
	}
	rows, err := in.QueryContext(ctx, `SELECT iif(type = 'table' AND rootpage = 0, 'virtual', type), lower(name), lower(tbl_name), coalesce(sql, '')
		FROM sqlite_schema WHERE type IN ('table', 'view', 'trigger') AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var p part
		var name string
		if err := rows.Scan(&p.kind, &name, &p.of, &p.sql); err != nil {
			return nil, 0, err
		}
		p.sql = collapseSpaces(p.sql)
		found[name] = p
	}
	return found, version, rows.Err()
}

// collapseSpaces replaces each run of spaces by one.
func collapseSpaces(text string) string { return strings.Join(strings.Fields(text), " ") }

// includesAll reports whether all wanted parts are there to the letter.
func (all parts) includesAll(want parts) bool {
	for name, p := range want {
		if all[name] != p {
			return false
		}
	}
	return true
}

// addedTo returns the first trigger on a wanted table that is not wanted itself.
func (all parts) addedTo(want parts) string {
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if all[name].kind == "trigger" && want[all[name].of].kind == "table" && want[name].kind != "trigger" {
			return name
		}
	}
	return ""
}

// stepsTo are the steps that come to a version.
func (s Schema) stepsTo(version int) []Step {
	return s.Steps[:min(max(version-s.Oldest+1, 0), len(s.Steps))]
}

// buildAnew builds an empty database of that version in memory.
func (s Schema) buildAnew(ctx context.Context, version int) (*sql.DB, error) {
	fresh, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	fresh.SetMaxOpenConns(1) // each connection would have a database of its own
	for _, step := range s.stepsTo(version) {
		if _, err := fresh.ExecContext(ctx, step.SQL); err != nil {
			fresh.Close()
			return nil, err
		}
	}
	_, err = fresh.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d", version))
	return fresh, err
}
