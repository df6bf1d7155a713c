package lists

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/importer"
)

// A list of changes asks for a name at each line: none may go through a table.
func TestNamesAreFoundByIndex(t *testing.T) {
	file, err := sql.Open("sqlite", filepath.Join(t.TempDir(), "state.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	steps, err := filepath.Glob("../migrations/*.sql") // in their order
	if err != nil || len(steps) == 0 {
		t.Fatal(steps, err)
	}
	for _, step := range steps {
		statements, err := os.ReadFile(step)
		if err == nil {
			_, err = file.ExecContext(t.Context(), string(statements))
		}
		if err != nil {
			t.Fatal(step, err)
		}
	}
	for _, table := range importer.Tables() {
		args := []any{"main", "shopify", "a", "b"}[:2+len(table.Keys)]
		rows, err := file.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+(&Lists{}).newNamer().nameQuery(table), args...)
		if err != nil {
			t.Fatalf("%s: %v", table.Name, err)
		}
		defer rows.Close()
		for rows.Next() {
			var id, parent, unused int
			var step string
			if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
				t.Fatal(err)
			}
			if strings.HasPrefix(step, "SCAN") {
				t.Errorf("%s: %s", table.Name, step)
			}
		}
	}
}
