package rooms

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// listed is what "go list" says of a package.
type listed struct {
	ImportPath string
	Dir        string
	Export     string // the file with its types
	GoFiles    []string
	DepOnly    bool
	Module     *struct{ Path, Dir string }
}

// checked is a package whose names have types.
type checked struct {
	dir   string
	fset  *token.FileSet
	files []*ast.File
	types *types.Package
	info  *types.Info
}

// Measure looks at packages of the module at top, named as "go list" takes them.
func Measure(top string, patterns ...string) ([]*Floor, error) {
	packages, err := list(top, patterns)
	if err != nil {
		return nil, err
	}
	exports := map[string]string{}
	for _, p := range packages {
		exports[p.ImportPath] = p.Export
	}
	var floors []*Floor
	for _, p := range packages {
		if p.DepOnly || len(p.GoFiles) == 0 {
			continue
		}
		c, err := check(p, exports)
		if err != nil {
			return nil, err
		}
		floor, err := measure(strings.TrimPrefix(filepath.ToSlash(strings.TrimPrefix(p.Dir, p.Module.Dir)), "/"), c)
		if err != nil {
			return nil, err
		}
		floors = append(floors, floor)
	}
	return floors, nil
}

func list(top string, patterns []string) ([]listed, error) {
	args := append([]string{"list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,DepOnly,Module"}, patterns...)
	command := exec.Command("go", args...) // #nosec G204 -- packages of this module, named by its tests and its developers
	command.Dir = top
	var complaint bytes.Buffer
	command.Stderr = &complaint
	printed, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, complaint.Bytes())
	}
	var packages []listed
	for decoder := json.NewDecoder(bytes.NewReader(printed)); ; {
		var p listed
		switch err := decoder.Decode(&p); {
		case errors.Is(err, io.EOF):
			return packages, nil
		case err != nil:
			return nil, err
		}
		packages = append(packages, p)
	}
}

// check gives the names of a package types; what it imports was compiled before.
func check(p listed, exports map[string]string) (*checked, error) {
	c := &checked{dir: p.Dir, fset: token.NewFileSet(), info: &types.Info{Uses: map[*ast.Ident]types.Object{}}}
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(c.fset, filepath.Join(p.Dir, name), nil, 0)
		if err != nil {
			return nil, err
		}
		c.files = append(c.files, file)
	}
	compiled := func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) }
	config := types.Config{Importer: importer.ForCompiler(c.fset, "gc", compiled)}
	var err error
	c.types, err = config.Check(p.ImportPath, c.fset, c.files, c.info)
	return c, err
}
