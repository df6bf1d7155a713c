package state

import (
	"context"
	"database/sql"
	_ "embed" // for the schema
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/eshopos/eshopctl/connector"
)

// A file may be altered by anybody. Before it is used, its tables are held against
// those that the migrations make: a view in the place of a table may never end, and a
// trigger that somebody added writes what nobody asked for. Tables, columns, indexes
// and views that other programs keep beside ours are none of our business.

// asBuilt refuses a file whose tables are not those of its version. Triggers of others
// only matter to who writes.
func (db *DB) asBuilt(ctx context.Context, writing bool) error {
	found, version, err := lookAtSchema(ctx, db.read)
	if err != nil {
		return unusable(db.path, err)
	}
	want, err := schemaOf(ctx, version)
	if err != nil {
		return unusable(db.path, err)
	}
	if name := found.added(want); writing && name != "" {
		return db.addedTrigger(name)
	}
	if found.has(want) {
		return nil
	}
	return db.lookCloser(ctx, version)
}

func (db *DB) addedTrigger(name string) error {
	drop := `DROP TRIGGER "` + strings.ReplaceAll(name, `"`, `""`) + `"`
	return &UnusableError{Path: db.path, Why: fmt.Sprintf("another program added the trigger %.60q, which changes what is written", name),
		Next: "take it away: " + connector.Command{"sqlite3", db.path, drop}.String()}
}

// schema is what a file consists of, by name.
type schema map[string]part

// part is a table, a view or a trigger.
type part struct{ kind, of, sql string }

// schemaSQL is what the migrations come to: one statement after the other, each
// behind its kind, its name and the table that it belongs to.
//
//go:embed schema.sql
var schemaSQL string

// schemaOf is what a file of that version consists of.
func schemaOf(ctx context.Context, version int) (schema, error) {
	if version == len(migrations()) {
		return parseSchema(schemaSQL), nil
	}
	fresh, err := builtAnew(ctx, version)
	if err != nil {
		return nil, err
	}
	defer fresh.Close()
	made, _, err := lookAtSchema(ctx, fresh)
	return made, err
}

// schemaHead begins each part of schemaSQL.
const schemaHead = "-- "

func parseSchema(text string) schema {
	all := schema{}
	for described := range strings.SplitSeq(text, "\n"+schemaHead) {
		head, statement, _ := strings.Cut(strings.TrimPrefix(described, schemaHead), "\n")
		if words := strings.Fields(head); len(words) == 3 {
			all[words[1]] = part{kind: words[0], of: words[2], sql: strings.TrimSuffix(spaced(statement), ";")}
		}
	}
	return all
}

// String is the form of schemaSQL.
func (s schema) String() string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(s)) {
		fmt.Fprintf(&text, "%s%s %s %s\n%s;\n", schemaHead, s[name].kind, name, s[name].of, s[name].sql)
	}
	return text.String()
}

// lookAtSchema reads what a file consists of, without looking into any of it.
func lookAtSchema(ctx context.Context, in *sql.DB) (found schema, version int, err error) {
	found = schema{}
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
		p.sql = spaced(p.sql)
		found[name] = p
	}
	return found, version, rows.Err()
}

// spaced is a statement whose spaces do not matter.
func spaced(text string) string { return strings.Join(strings.Fields(text), " ") }

// has reports whether all that is wanted is there to the letter.
func (s schema) has(want schema) bool {
	for name, p := range want {
		if s[name] != p {
			return false
		}
	}
	return true
}

// added is the first trigger on one of the wanted tables that is not wanted itself.
func (s schema) added(want schema) string {
	for _, name := range slices.Sorted(maps.Keys(s)) {
		if s[name].kind == "trigger" && want[s[name].of].kind == "table" && want[name].kind != "trigger" {
			return name
		}
	}
	return ""
}
