package rooms

import (
	"bytes"
	"go/ast"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Floor is what was measured of a package, without its tests.
type Floor struct {
	Folder    string // from the top of the module, with slashes
	Files     int
	Lines     int // of all files, also of those for other systems
	Functions []Function
	Types     []Type  // those that have methods, the widest first
	Arrows    []Arrow // sorted
	Structs   []Struct
	Open      []string // exported variables that are maps or slices
	Written   []string // variables of the package that a function writes to
}

// Function is a function or a method.
type Function struct {
	Name  string // TYPE.NAME for a method
	File  string
	Lines int
	Words int // of its name, without the type's
}

// Type is a type with how far its methods are spread.
type Type struct {
	Name    string
	Methods int
	Files   int
}

// Arrow says that a file uses names that another one declares.
type Arrow struct{ From, To string }

// OneWord counts the functions whose name is a single word.
func (f *Floor) OneWord() int {
	count := 0
	for _, function := range f.Functions {
		if function.Words == 1 {
			count++
		}
	}
	return count
}

// Pairs counts the pairs of files of which one uses the other, or both do.
func (f *Floor) Pairs() int { return len(f.Arrows) - len(f.Both()) }

// Both are the pairs that use each other, each once, by name.
func (f *Floor) Both() []Arrow {
	var both []Arrow
	for _, arrow := range f.Arrows {
		if arrow.From < arrow.To && slices.Contains(f.Arrows, Arrow{arrow.To, arrow.From}) {
			both = append(both, arrow)
		}
	}
	return both
}

// measure looks at a package whose types are known.
func measure(folder string, p *checked) (*Floor, error) {
	floor := &Floor{Folder: folder}
	if err := floor.countLines(p.dir); err != nil {
		return nil, err
	}
	for _, file := range p.files {
		floor.addFunctions(p, file)
	}
	floor.Types = spread(floor.Functions)
	floor.Arrows = arrows(p)
	floor.addData(p)
	return floor, nil
}

func (f *Floor) countLines(dir string) error {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return err
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		content, err := os.ReadFile(name) // #nosec G304 -- a file of this module
		if err != nil {
			return err
		}
		f.Files++
		f.Lines += bytes.Count(content, []byte("\n"))
	}
	return nil
}

func (f *Floor) addFunctions(p *checked, file *ast.File) {
	for _, declared := range file.Decls {
		function, ok := declared.(*ast.FuncDecl)
		if !ok {
			continue
		}
		begin, end := p.fset.Position(function.Pos()), p.fset.Position(function.End())
		f.Functions = append(f.Functions, Function{
			Name:  fullName(function),
			File:  filepath.Base(begin.Filename),
			Lines: end.Line - begin.Line + 1,
			Words: words(function.Name.Name),
		})
	}
}

func fullName(function *ast.FuncDecl) string {
	if function.Recv == nil {
		return function.Name.Name
	}
	return typeName(function.Recv.List[0].Type) + "." + function.Name.Name
}

func typeName(expression ast.Expr) string {
	switch e := expression.(type) {
	case *ast.StarExpr:
		return typeName(e.X)
	case *ast.IndexExpr:
		return typeName(e.X)
	case *ast.IndexListExpr:
		return typeName(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}

// words counts those of a name in camel case; letters in a row that are large are one.
func words(name string) int {
	count, before := 1, true
	for i, r := range strings.Trim(name, "_") {
		large := r >= 'A' && r <= 'Z'
		if i > 0 && large && !before {
			count++
		}
		before = large
	}
	return count
}

// spread counts the methods of each type, and the files that they stand in.
func spread(functions []Function) []Type {
	methods, files := map[string]int{}, map[string]map[string]bool{}
	for _, function := range functions {
		name, _, isMethod := strings.Cut(function.Name, ".")
		if !isMethod {
			continue
		}
		methods[name]++
		if files[name] == nil {
			files[name] = map[string]bool{}
		}
		files[name][function.File] = true
	}
	var all []Type
	for _, name := range slices.Sorted(maps.Keys(methods)) {
		all = append(all, Type{name, methods[name], len(files[name])})
	}
	slices.SortStableFunc(all, func(a, b Type) int { return b.Methods - a.Methods })
	return all
}

// arrows tells which file uses functions, types, methods, variables or constants of
// which other one. A field counts with its type, which whoever uses it has named, or
// was given by somebody who did.
func arrows(p *checked) []Arrow {
	found := map[Arrow]bool{}
	for name, object := range p.info.Uses {
		if object.Pkg() != p.types || !isDeclaration(object) {
			continue
		}
		from, to := p.fset.Position(name.Pos()).Filename, p.fset.Position(object.Pos()).Filename
		if from != to {
			found[Arrow{filepath.Base(from), filepath.Base(to)}] = true
		}
	}
	return slices.SortedFunc(maps.Keys(found), func(a, b Arrow) int {
		return strings.Compare(a.From+" "+a.To, b.From+" "+b.To)
	})
}

// isDeclaration reports whether something is declared at the top of a file.
func isDeclaration(object types.Object) bool {
	if function, ok := object.(*types.Func); ok {
		return function.Signature().Recv() == nil || !types.IsInterface(function.Signature().Recv().Type())
	}
	return object.Parent() == object.Pkg().Scope()
}
