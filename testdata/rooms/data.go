package rooms

import (
	"go/ast"
	"go/token"
	"go/types"
)

// Struct is a struct type with how many fields it has; an embedded one counts once.
type Struct struct {
	Name   string
	Fields int
}

// addData adds what the package declares besides functions.
func (f *Floor) addData(p *checked) {
	for _, name := range p.types.Scope().Names() {
		switch object := p.types.Scope().Lookup(name).(type) {
		case *types.TypeName:
			if fields, ok := object.Type().Underlying().(*types.Struct); ok && !object.IsAlias() {
				f.Structs = append(f.Structs, Struct{name, fields.NumFields()})
			}
		case *types.Var:
			if object.Exported() && isShared(object.Type()) {
				f.Open = append(f.Open, name)
			}
		}
	}
	for _, file := range p.files {
		ast.Inspect(file, func(node ast.Node) bool {
			for _, target := range targets(node) {
				if name := p.packageVariable(target); name != "" {
					f.Written = append(f.Written, name)
				}
			}
			return true
		})
	}
}

// isShared reports whether who gets a value of the type could change it for everybody.
func isShared(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Map, *types.Slice:
		return true
	}
	return false
}

// targets are what a statement writes to.
func targets(node ast.Node) []ast.Expr {
	switch n := node.(type) {
	case *ast.AssignStmt:
		if n.Tok != token.DEFINE {
			return n.Lhs
		}
	case *ast.IncDecStmt:
		return []ast.Expr{n.X}
	case *ast.CallExpr:
		if called, ok := n.Fun.(*ast.Ident); ok && (called.Name == "delete" || called.Name == "clear") {
			return n.Args[:1]
		}
	}
	return nil
}

// packageVariable is the variable of the package that an expression is or lies in, else "".
func (p *checked) packageVariable(expression ast.Expr) string {
	switch e := expression.(type) {
	case *ast.IndexExpr:
		return p.packageVariable(e.X)
	case *ast.SelectorExpr:
		return p.packageVariable(e.X)
	case *ast.StarExpr:
		return p.packageVariable(e.X)
	case *ast.ParenExpr:
		return p.packageVariable(e.X)
	case *ast.Ident:
		if v, ok := p.info.Uses[e].(*types.Var); ok && v.Parent() == p.types.Scope() {
			return v.Name()
		}
	}
	return ""
}
