package cmd

import (
	"cmp"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/eshopos/eshopctl/state/sqlite/schema"
)

// edit is something that a recipe of CONTRIBUTING tells to write: what becomes of a piece
// of a file. The piece is found by what it is, because more will come to stand around it.
type edit struct {
	file  string
	piece func(*ast.File) ast.Node
	made  func(was string) string
}

// behind adds a text to what is there.
func behind(text string) func(string) string {
	return func(was string) string { return was + text }
}

// lastDeclaration is what a file ends with.
func lastDeclaration(in *ast.File) ast.Node { return last(in.Decls) }

// lastTable is the last of importer's catalogue.
func lastTable(in *ast.File) ast.Node {
	return last(valueOf(in, "catalogue").(*ast.CompositeLit).Elts)
}

// lastColumn is the last column of a table.
func lastColumn(table string) func(*ast.File) ast.Node {
	return func(in *ast.File) ast.Node {
		columns := first(valueOf(in, table), func(n *ast.KeyValueExpr) bool { return isNamed(n.Key, "Columns") })
		return last(columns.Value.(*ast.CompositeLit).Elts)
	}
}

// lastField is the last field of a struct.
func lastField(of string) func(*ast.File) ast.Node {
	return func(in *ast.File) ast.Node {
		declared := first(in, func(n *ast.TypeSpec) bool { return isNamed(n.Name, of) })
		return last(declared.Type.(*ast.StructType).Fields.List)
	}
}

// lastValue is the last value that AppendTo appends to a record.
func lastValue(of string) func(*ast.File) ast.Node {
	return func(in *ast.File) ast.Node {
		return last(first(method(in, of, "AppendTo"), func(n *ast.CallExpr) bool { return isNamed(n.Fun, "append") }).Args)
	}
}

// lastElement is the last element of the first literal in a method.
func lastElement(of, name string) func(*ast.File) ast.Node {
	return func(in *ast.File) ast.Node {
		return last(first(method(in, of, name), func(*ast.CompositeLit) bool { return true }).Elts)
	}
}

// lastStatement is what a method ends with.
func lastStatement(of, name string) func(*ast.File) ast.Node {
	return func(in *ast.File) ast.Node { return last(method(in, of, name).Body.List) }
}

func last[N any](of []N) N { return of[len(of)-1] }

// first is the first node of a kind, in there, that is the one.
func first[N ast.Node](in ast.Node, is func(N) bool) (found N) {
	done := false
	ast.Inspect(in, func(n ast.Node) bool {
		if node, ok := n.(N); ok && !done && is(node) {
			found, done = node, true
		}
		return !done
	})
	if !done {
		panic(fmt.Sprintf("there is no such %T any more", found))
	}
	return found
}

func isNamed(n ast.Expr, name string) bool {
	identifier, ok := n.(*ast.Ident)
	return ok && identifier.Name == name
}

// valueOf is what a variable of a package begins as.
func valueOf(in *ast.File, name string) ast.Expr {
	return first(in, func(n *ast.ValueSpec) bool { return isNamed(n.Names[0], name) }).Values[0]
}

func method(in *ast.File, of, name string) *ast.FuncDecl {
	return first(in, func(n *ast.FuncDecl) bool {
		if n.Recv == nil || n.Name.Name != name {
			return false
		}
		receiver := n.Recv.List[0].Type
		if pointer, ok := receiver.(*ast.StarExpr); ok {
			receiver = pointer.X
		}
		return isNamed(receiver, of)
	})
}

// buildWith builds the program as it is once a recipe was followed: with these edits, with
// a migration, and with the schema that the migrations come to.
func buildWith(t *testing.T, migration string, edits []edit) (program string) {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("there is no go command to build the program with")
	}
	const newest = "state/migrations/9999_newest.sql"
	written := map[string]string{newest: migration, "state/schema.sql": schemaWith(t, path.Base(newest), migration)}
	for file, of := range byFile(edits) {
		written[file] = edited(t, file, of)
	}
	folder := t.TempDir()
	program = filepath.Join(folder, "eshopctl")
	if out, err := exec.Command("go", "build", "-buildvcs=false", "-overlay", overlay(t, folder, written), "-ldflags=-s -w", "-o", program, "..").CombinedOutput(); err != nil {
		t.Fatalf("%s: %s", err, out)
	}
	return program
}

// overlay tells the go command to read files as they are written here.
func overlay(t *testing.T, folder string, written map[string]string) (name string) {
	t.Helper()
	replace := map[string]string{}
	for file, text := range written {
		original, err := filepath.Abs(inModule(file))
		if err != nil {
			t.Fatal(err)
		}
		replace[original] = filepath.Join(folder, strings.ReplaceAll(file, "/", "_"))
		if err := os.WriteFile(replace[original], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	name = filepath.Join(folder, "overlay.json")
	content, err := json.Marshal(map[string]any{"Replace": replace})
	if err == nil {
		err = os.WriteFile(name, content, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return name
}

func inModule(file string) string { return filepath.Join("..", filepath.FromSlash(file)) }

func byFile(edits []edit) map[string][]edit {
	files := map[string][]edit{}
	for _, e := range edits {
		files[e.file] = append(files[e.file], e)
	}
	return files
}

// edited is a file after its edits.
func edited(t *testing.T, file string, edits []edit) string {
	t.Helper()
	source, err := os.ReadFile(inModule(file))
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, file, source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	slices.SortFunc(edits, func(a, b edit) int { return cmp.Compare(b.piece(parsed).Pos(), a.piece(parsed).Pos()) })
	text := string(source)
	for _, e := range edits { // from the end on, so that places stay right
		from, to := set.Position(e.piece(parsed).Pos()).Offset, set.Position(e.piece(parsed).End()).Offset
		text = text[:from] + e.made(text[from:to]) + text[to:]
	}
	return text
}

// schemaWith is what schema.sql is once the migrations have one more.
func schemaWith(t *testing.T, name, migration string) string {
	t.Helper()
	folder := os.DirFS(inModule("state/migrations"))
	names, err := fs.Glob(folder, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	newer := schema.Schema{Oldest: firstKept}
	for _, name := range names {
		statements, err := fs.ReadFile(folder, name)
		if err != nil {
			t.Fatal(err)
		}
		newer.Steps = append(newer.Steps, schema.Step{Name: name, SQL: string(statements)})
	}
	newer.Steps = append(newer.Steps, schema.Step{Name: name, SQL: migration})
	made, err := newer.BuildText(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return made
}
